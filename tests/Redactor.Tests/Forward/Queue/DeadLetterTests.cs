using Redactor.Cli;
using Redactor.Configuration;
using Redactor.Forward;
using Redactor.Forward.Queue;
using static Redactor.Tests.Forward.Queue.QueueTesting;

namespace Redactor.Tests.Forward.Queue;

public sealed class DeadLetterTests : IDisposable
{
    private static readonly ExportOutcome Refusal400 = new ExportOutcome.Refused(Refusal.BackendRefused, "otlp: no such secret field");

    private readonly QueueTesting testing = new();

    public void Dispose() => testing.Dispose();

    [Fact]
    public async Task What_the_backend_refuses_is_kept_with_a_clean_reason_and_is_not_tried_again()
    {
        using var backend = ScriptedExporter.Answering(Refusal400, ExportOutcome.Success);
        await using var queue = await SentAsync(backend, 2);

        var letter = Assert.Single(testing.DeadLetters());
        Assert.Equal("BackendRefused: otlp: no such [clean] field", letter.Reason);
        Assert.Equal(("scripted", Signal.Logs, 4), (letter.Exporter, letter.Signal, letter.Size));
        Assert.Equal([0, 1], Numbers(backend));
        Assert.Equal(("scripted", 1L, 4L), Assert.Single(queue.DeadLetters));
    }

    [Fact]
    public async Task What_a_partial_success_rejected_is_kept_and_a_mere_warning_is_not()
    {
        var part = TestPayload.Of([1, 2], Signal.Logs);
        using var backend = ScriptedExporter.Answering(
            new ExportOutcome.PartialSuccess(0, "a warning"),
            new ExportOutcome.PartialSuccess(1, "one rejected"),
            new ExportOutcome.PartialSuccess(1, "too large") { Rejected = [part] });
        await using var queue = await SentAsync(backend, 3);

        Assert.Equal([("partial success, 1 rejected: one rejected", 4), ("partial success, 1 rejected: too large", 2)], testing.DeadLetters().Select(l => (l.Reason, l.Size)));
    }

    [Fact]
    public async Task Where_the_dead_letters_are_full_a_batch_stays_in_the_queue()
    {
        using var backend = ScriptedExporter.Answering(Refusal400);
        await using var queue = Open(testing.Options with { MaxDeadLetterBytes = 4 }, TimeProvider.System, backend);
        queue.Start();
        await queue.ExportAsync(Batch(0));
        await Eventually.True(() => queue.DeadLetters.Sum(d => d.Batches) == 1);
        await queue.ExportAsync(Batch(1));
        await Eventually.True(() => backend.Seen.Count == 2);

        Assert.Equal(1, queue.Depths.Sum(d => d.Batches));
        Assert.Contains("the dead letters are full", Assert.Single(queue.Troubles()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_sends_them_again_and_a_running_queue_delivers_them()
    {
        using var backend = ScriptedExporter.Answering(Refusal400, Refusal400, ExportOutcome.Success);
        await using var queue = await SentAsync(backend, 2);
        using var output = new StringWriter();
        using (var file = DeadLetterFile.Open(testing.Options))
        {
            Assert.Equal(0, await DeadLettersCommand.ListAsync(file, null, output));
            Assert.Equal(0, await DeadLettersCommand.ResendAsync(file, Naming("scripted"), null, output, TextWriter.Null));
        }

        await Eventually.True(() => backend.Seen.Count == 4 && queue.Bytes == 0);

        Assert.Equal([0, 1, 0, 1], Numbers(backend));
        Assert.Empty(testing.DeadLetters());
        Assert.Equal(3, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.EndsWith("scripted: 2 dead letters will be sent again\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_of_an_exporter_that_is_not_configured_are_not_sent_but_can_be_discarded()
    {
        using var backend = ScriptedExporter.Answering(Refusal400);
        await using var queue = await SentAsync(backend, 1);
        using var file = DeadLetterFile.Open(testing.Options);
        using var errors = new StringWriter();
        using var output = new StringWriter();

        Assert.Equal(1, await DeadLettersCommand.ResendAsync(file, Naming("otlp"), null, TextWriter.Null, errors));
        Assert.Contains("does not name scripted any more", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await DeadLettersCommand.DiscardAsync(file, "scripted", output));

        Assert.Equal("scripted: 1 dead letter discarded\n", output.ToString());
        Assert.Empty(file.List(null));
        await Eventually.True(() => queue.DeadLetters.Sum(d => d.Batches) == 0);
    }

    [Fact]
    public void Without_a_queue_the_command_says_so()
    {
        var refused = Assert.Throws<QueueUnavailableException>(() => DeadLetterFile.Open(testing.Options));

        Assert.Contains("holds no queue", refused.Message, StringComparison.Ordinal);
    }

    private static RedactorOptions Naming(string exporter) => new() { Exporters = [new DebugExporterOptions { Name = exporter }] };

    private async Task<DiskQueue> SentAsync(ScriptedExporter backend, int count)
    {
        var queue = testing.Open(backend);
        queue.Start();
        for (int i = 0; i < count; i++)
        {
            await queue.ExportAsync(Batch(i));
        }

        await Eventually.True(() => queue.Bytes == 0);
        return queue;
    }
}
