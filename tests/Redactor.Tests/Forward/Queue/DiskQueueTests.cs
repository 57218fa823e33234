using System.Runtime.Versioning;
using Redactor.Forward.Queue;
using static Redactor.Tests.Forward.Queue.QueueTesting;

namespace Redactor.Tests.Forward.Queue;

public sealed class DiskQueueTests : IDisposable
{
    private readonly QueueTesting testing = new();

    public void Dispose() => testing.Dispose();

    [Fact]
    public async Task What_was_kept_while_the_backend_was_dead_arrives_after_a_restart_in_order_and_as_it_was()
    {
        await using (var queue = testing.Open(Dead("otlp")))
        {
            for (int i = 0; i < 50; i++)
            {
                Assert.Equal(ExportOutcome.Success, await queue.ExportAsync(Batch(i)));
            }

            await queue.ExportAsync(TestPayload.Json("{}", Signal.Metrics));
        }

        var seen = new List<(Signal, PayloadEncoding, Origin)>();
        using var backend = new ScriptedExporter(
            (payload, _) =>
            {
                lock (seen)
                {
                    seen.Add((payload.Signal, payload.Encoding, payload.Source.Origin));
                }

                return Task.FromResult(ExportOutcome.Success);
            },
            "otlp");
        await using var again = testing.Open(backend);
        again.Start();
        await Eventually.True(() => again.Bytes == 0);

        Assert.Equal(Enumerable.Range(0, 50), backend.Seen.Where(b => b.Length == 4).Select(b => BitConverter.ToInt32(b)));
        Assert.Contains((Signal.Metrics, PayloadEncoding.Json, Origin.None), seen);
        Assert.All(again.Depths, d => Assert.Equal(0, d.Batches));
    }

    [Fact]
    public async Task The_rest_of_a_kafka_record_is_kept_with_its_value()
    {
        var envelope = new RecordEnvelope(new byte[] { 1, 2 }, [new RecordHeader("traceparent", new byte[] { 3 }), new RecordHeader("none", null)], 1_700_000_000_000, IsTombstone: false);
        await using (var queue = testing.Open(Dead("kafka")))
        {
            await queue.ExportAsync(RedactedPayload.Restore(Signal.Logs, PayloadEncoding.Text, new byte[] { 65 }, Origin.None, envelope));
        }

        RecordEnvelope? arrived = null;
        using var backend = new ScriptedExporter(
            (payload, _) =>
            {
                arrived = payload.Envelope;
                return Task.FromResult(ExportOutcome.Success);
            },
            "kafka");
        await using var again = testing.Open(backend);
        again.Start();
        await Eventually.True(() => again.Bytes == 0);

        Assert.Equal([1, 2], arrived!.Key!.Value.ToArray());
        Assert.Equal(("traceparent", "03"), (arrived.Headers[0].Name, Convert.ToHexString(arrived.Headers[0].Value!.Value.Span)));
        Assert.Null(arrived.Headers[1].Value);
        Assert.Equal(envelope.Timestamp, arrived.Timestamp);
    }

    [Fact]
    public async Task Many_senders_at_once_are_all_kept()
    {
        await using var queue = testing.Open(Dead());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(() => queue.ExportAsync(Batch(i)))));

        Assert.All(outcomes, o => Assert.Equal(ExportOutcome.Success, o));
        Assert.Equal(500, queue.Depths.Sum(d => d.Batches));
        Assert.Equal(500 * sizeof(int), queue.Bytes);
    }

    [Fact]
    public async Task A_backend_that_hangs_does_not_hold_up_another()
    {
        using var hanging = new ScriptedExporter(async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return ExportOutcome.Success;
        });
        using var alive = Alive();
        await using var queue = testing.Open(hanging, alive);
        queue.Start();

        for (int i = 0; i < 20; i++)
        {
            await queue.ExportAsync(Batch(i));
        }

        await Eventually.True(() => alive.Seen.Count == 20 && queue.Depths.Where(d => d.Exporter == "alive").Sum(d => d.Batches) == 0);
        Assert.Equal(Enumerable.Range(0, 20), Numbers(alive));
        Assert.Equal(20, queue.Depths.Single(d => d is { Exporter: "scripted", Signal: Signal.Logs }).Batches);
        Assert.Single(hanging.Seen);
    }

    [Fact]
    public async Task A_full_queue_asks_the_sender_to_try_again_and_says_whose_backlog_it_is()
    {
        await using var queue = Open(testing.Options with { MaxBytes = 10 }, TimeProvider.System, Dead("otlp/slow"));

        Assert.Equal(ExportOutcome.Success, await queue.ExportAsync(Batch(1)));
        Assert.Equal(ExportOutcome.Success, await queue.ExportAsync(Batch(2)));
        var full = Assert.IsType<ExportOutcome.Retryable>(await queue.ExportAsync(Batch(3)));

        Assert.Contains("wait for otlp/slow", full.Message, StringComparison.Ordinal);
        Assert.NotNull(full.RetryAfter);
        Assert.Empty(queue.Troubles());
        Assert.IsType<ExportOutcome.Refused>(await queue.ExportAsync(TestPayload.Of(new byte[11])));
    }

    [Fact]
    public async Task A_full_queue_says_so_before_a_batch_is_there_until_an_eighth_of_it_is_free()
    {
        var delivered = new SemaphoreSlim(0);
        using var slow = new ScriptedExporter(async (_, stop) =>
        {
            await delivered.WaitAsync(stop);
            return ExportOutcome.Success;
        });
        await using var queue = Open(testing.Options with { MaxBytes = 16 * sizeof(int) }, TimeProvider.System, slow);
        queue.Start();
        for (int i = 0; i < 16; i++)
        {
            Assert.Null(queue.Backpressure(0));
            await queue.ExportAsync(Batch(i));
        }

        Assert.Null(queue.Backpressure(0));
        var full = Assert.IsType<ExportOutcome.Retryable>(await queue.ExportAsync(Batch(16)));
        Assert.Equal((Refusal.QueueFull, full), (queue.Backpressure(0)!.Reason, queue.Backpressure(0)));

        delivered.Release();
        await Eventually.True(() => queue.Bytes == 15 * sizeof(int));
        Assert.NotNull(queue.Backpressure(0));
        delivered.Release();
        await Eventually.True(() => queue.Bytes == 14 * sizeof(int));
        Assert.Null(queue.Backpressure(0));
        Assert.Equal(ExportOutcome.Success, await queue.ExportAsync(Batch(17)));
    }

    [Fact]
    public async Task What_is_under_way_already_counts_as_queued_for_whoever_comes_next()
    {
        await using var queue = Open(testing.Options with { MaxBytes = 16 * sizeof(int) }, TimeProvider.System, Dead());
        await queue.ExportAsync(Batch(1));

        Assert.Null(queue.Backpressure(15 * sizeof(int)));
        Assert.Equal(Refusal.QueueFull, queue.Backpressure(15 * sizeof(int) + 1)!.Reason);
        Assert.Null(queue.Backpressure(0));
    }

    [Fact]
    public async Task A_nearly_full_queue_is_told_before_it_is_full()
    {
        await using var queue = Open(testing.Options with { MaxBytes = 4 }, TimeProvider.System, Dead());
        await queue.ExportAsync(Batch(1));

        Assert.Contains("wait for dead", Assert.Single(queue.Troubles()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_that_nobody_takes_is_refused()
    {
        await using var queue = testing.Open(new ScriptedExporter((_, _) => Task.FromResult(ExportOutcome.Success), "logs", Signal.Logs));

        Assert.Equal(new ExportOutcome.Refused(Refusal.SignalNotSupported), await queue.ExportAsync(Batch(1, Signal.Traces)));
    }

    [Fact]
    public async Task What_is_too_old_becomes_a_dead_letter_and_is_not_sent()
    {
        var time = new MovableClock();
        await using (var queue = Open(testing.Options, time, Dead("otlp")))
        {
            await queue.ExportAsync(Batch(1));
        }

        time.Advance(TimeSpan.FromHours(73));
        using var backend = Alive("otlp");
        await using var later = Open(testing.Options, time, backend);
        later.Start();
        await Eventually.True(() => later.Bytes == 0);

        Assert.Contains("older than queue.max_age (72 h)", Assert.Single(testing.DeadLetters()).Reason, StringComparison.Ordinal);
        Assert.Empty(backend.Seen);
    }

    [Fact]
    public async Task A_second_process_may_not_use_the_directory()
    {
        await using var queue = testing.Open(Dead());

        var refused = Assert.Throws<QueueUnavailableException>(() => testing.Open(Dead()));

        Assert.Contains("in use by another redactor", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_for_a_backend_that_is_no_longer_configured_is_a_dead_letter()
    {
        await using (var queue = testing.Open(Dead("otlp/old"), Dead("otlp/new")))
        {
            await queue.ExportAsync(Batch(1));
        }

        await using var later = testing.Open(Dead("otlp/new"));

        Assert.Equal("otlp/old", Assert.Single(testing.DeadLetters()).Exporter);
        Assert.Equal(1, later.Depths.Sum(d => d.Batches));
    }

    [Fact]
    public async Task A_stop_delivers_what_waits()
    {
        using var backend = Alive();
        await using var queue = testing.Open(backend);
        for (int i = 0; i < 30; i++)
        {
            await queue.ExportAsync(Batch(i));
        }

        queue.Start();
        await queue.StopAsync();

        Assert.Equal(30, backend.Seen.Count);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_may_read_the_files()
    {
        await using var queue = testing.Open(Dead());
        await queue.ExportAsync(Batch(1));

        Assert.All(
            testing.Names,
            name => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(Path.Combine(testing.Options.Directory, name))));
    }
}
