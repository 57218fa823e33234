using FsCheck;
using FsCheck.Fluent;
using Redactor.Forward;
using Redactor.Forward.Stages;

namespace Redactor.Tests.Forward;

public sealed class RetryStageTests
{
    private static readonly ExportOutcome Later = new ExportOutcome.Retryable("later");
    private static readonly RetryOptions Quick = new() { InitialInterval = TimeSpan.FromMilliseconds(1), MaxInterval = TimeSpan.FromMilliseconds(4) };

    [Fact]
    public async Task What_may_succeed_later_is_tried_until_it_does()
    {
        int retries = 0;
        var backend = ScriptedExporter.Answering(Later, Later, ExportOutcome.Success);
        using var stage = new RetryStage(backend, Quick, _ => retries++, TimeProvider.System);

        Assert.Equal(ExportOutcome.Success, await stage.ExportAsync(TestPayload.Of([]), default));

        Assert.Equal(3, backend.Seen.Count);
        Assert.Equal(2, retries);
    }

    [Fact]
    public async Task A_refusal_and_a_partial_success_are_never_tried_again()
    {
        foreach (var outcome in new ExportOutcome[] { new ExportOutcome.Refused(Refusal.BackendRefused), new ExportOutcome.PartialSuccess(1, "one") })
        {
            var backend = ScriptedExporter.Answering(outcome);
            using var stage = new RetryStage(backend, Quick, _ => { }, TimeProvider.System);

            Assert.Equal(outcome, await stage.ExportAsync(TestPayload.Of([]), default));
            Assert.Single(backend.Seen);
        }
    }

    [Fact]
    public async Task A_wait_that_ends_behind_the_limit_is_not_begun()
    {
        var asks = new ExportOutcome.Retryable("later", TimeSpan.FromHours(1));
        var backend = ScriptedExporter.Answering(asks);
        using var stage = new RetryStage(backend, Quick with { MaxElapsedTime = TimeSpan.FromMinutes(5) }, _ => { }, TimeProvider.System);

        Assert.Equal(asks, await stage.ExportAsync(TestPayload.Of([]), default));
        Assert.Single(backend.Seen);
    }

    [Fact]
    public async Task A_sender_that_gives_up_ends_the_wait()
    {
        using var gone = new CancellationTokenSource();
        var backend = new ScriptedExporter((_, _) =>
        {
            gone.Cancel();
            return Task.FromResult(Later);
        });
        using var stage = new RetryStage(backend, new RetryOptions(), _ => { }, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.ExportAsync(TestPayload.Of([]), gone.Token));
    }

    [Fact]
    public void Waits_grow_to_the_longest_vary_by_half_and_are_never_shorter_than_asked()
    {
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            Gen.Choose(1, 5_000).ToArbitrary(),
            Gen.Choose(0, 60_000).ToArbitrary(),
            (seed, initial, asked) =>
            {
                var options = new RetryOptions { InitialInterval = TimeSpan.FromMilliseconds(initial), MaxInterval = TimeSpan.FromMilliseconds(3 * initial) };
                var waits = new RetryWaits(options, new Random(seed));
                double nominal = initial;
                for (int attempt = 0; attempt < 6; attempt++)
                {
                    double wait = waits.Next(null).TotalMilliseconds;
                    Assert.InRange(wait, (nominal / 2) - 0.01, (nominal * 1.5) + 0.01);
                    nominal = Math.Min(nominal * 1.5, 3.0 * initial);
                }

                Assert.True(waits.Next(TimeSpan.FromMilliseconds(asked)) >= TimeSpan.FromMilliseconds(asked));
            }).QuickCheckThrowOnFailure();
    }
}
