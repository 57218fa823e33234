using System.Text;
using System.Text.Json;
using Redactor.Receive.Kafka;

namespace Redactor.Tests.Kafka;

/// <summary>Records that can never be delivered.</summary>
public sealed class DeadLetterTests : IDisposable
{
    private static readonly ExportOutcome Unreadable = new ExportOutcome.Refused(Refusal.Malformed);

    private readonly TestCluster cluster = new();
    private readonly TestFlow flow = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        cluster.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task What_cannot_be_read_lies_masked_whole_in_the_topic_and_consumption_goes_on()
    {
        var (topic, group) = Produce("a", "bad", "b");
        var letters = cluster.CreateTopic("dead");
        flow.Answer = (text, _) => Task.FromResult(text == "bad" ? Unreadable : ExportOutcome.Success);
        await using var receiver = flow.Receive(cluster, group, [topic]);

        await Eventually.True(() => cluster.Committed(group, topic) == 3, "all three records are done");

        Assert.Equal(["a", "b"], flow.Accepted);
        var letter = Assert.Single(cluster.Read(letters, 1)).Message;
        Assert.Equal(DeadLetter.MaskedWhole, Encoding.UTF8.GetString(letter.Value!));
        Assert.Null(letter.Key);
        Assert.Equal(
            new Dictionary<string, string> { ["redactor.topic"] = topic, ["redactor.partition"] = "0", ["redactor.offset"] = "1", ["redactor.reason"] = "malformed", ["redactor.encoding"] = "text" },
            letter.Headers.ToDictionary(h => h.Key, h => Encoding.UTF8.GetString(h.GetValueBytes())));
        Assert.Equal(Refusal.Malformed, Assert.Single(flow.DeadLetters));
    }

    [Fact]
    public async Task What_a_backend_refuses_for_good_lies_redacted_in_the_topic()
    {
        var (topic, group) = Produce("refused");
        var letters = cluster.CreateTopic("dead");
        flow.Answer = (_, _) => Task.FromResult<ExportOutcome>(new ExportOutcome.Refused(Refusal.BackendRefused, "not like this") { Rejected = Redacted("clean") });
        await using var receiver = flow.Receive(cluster, group, [topic]);

        var letter = Assert.Single(cluster.Read(letters, 1)).Message;

        Assert.Equal(("key", "clean"), (Encoding.UTF8.GetString(letter.Key!), Encoding.UTF8.GetString(letter.Value!)));
        Assert.Equal(["h", "redactor.topic", "redactor.partition", "redactor.offset", "redactor.reason", "redactor.encoding", "redactor.message"], letter.Headers.Select(h => h.Key));
        Assert.Equal("not like this", Encoding.UTF8.GetString(letter.Headers.GetLastBytes("redactor.message")));
    }

    [Fact]
    public async Task A_file_gets_one_line_of_JSON_each_and_parts_that_were_rejected_too()
    {
        var (topic, group) = Produce("bad", "partly");
        var file = folder.PathOf("letters.jsonl");
        flow.Answer = (text, _) => Task.FromResult(
            text == "bad" ? Unreadable : new ExportOutcome.PartialSuccess(1, "one is too large") { Rejected = [Redacted("part")] });
        await using var receiver = flow.Receive(cluster, group, [topic], o => o with { DeadLetters = new DeadLetterTarget(null, file) });

        await Eventually.True(() => cluster.Committed(group, topic) == 2, "both records are done");

        var lines = File.ReadAllLines(file).Select(line => JsonDocument.Parse(line).RootElement).OrderBy(l => l.GetProperty("offset").GetInt64()).ToList();
        Assert.Equal((topic, 0, "malformed", DeadLetter.MaskedWhole), (lines[0].GetProperty("topic").GetString(), lines[0].GetProperty("partition").GetInt32(), lines[0].GetProperty("reason").GetString(), lines[0].GetProperty("masked").GetString()));
        Assert.False(lines[0].TryGetProperty("value", out _));
        Assert.Equal(("backend_refused", "one is too large", "part"), (lines[1].GetProperty("reason").GetString(), lines[1].GetProperty("message").GetString(), Encoding.UTF8.GetString(lines[1].GetProperty("value").GetBytesFromBase64())));
        Assert.Equal("key", Encoding.UTF8.GetString(lines[1].GetProperty("key").GetBytesFromBase64()));
        Assert.Equal(2, lines.Count);
    }

    [Fact]
    public async Task While_letters_cannot_be_written_nothing_is_committed_and_then_it_is()
    {
        var (topic, group) = Produce("bad", "b");
        var missing = folder.PathOf("missing");
        flow.Answer = (text, _) => Task.FromResult(text == "bad" ? Unreadable : ExportOutcome.Success);
        await using var receiver = flow.Receive(cluster, group, [topic], o => o with { DeadLetters = new DeadLetterTarget(null, Path.Combine(missing, "letters.jsonl")) });
        await Eventually.True(() => flow.Accepted.Count == 1, "the good record is delivered");

        Assert.Equal(0, cluster.Committed(group, topic));
        Directory.CreateDirectory(missing);

        await Eventually.True(() => cluster.Committed(group, topic) == 2, "both are done");
        Assert.Single(flow.Seen, p => p.Bytes.Span.SequenceEqual("bad"u8));
    }

    [Fact]
    public async Task A_full_file_is_written_no_more()
    {
        using var file = new DeadLetterFile(folder.PathOf("full.jsonl"), limit: 400);
        var letter = new DeadLetter(new ConsumedRecord("t", 0, 0, new Payload(Signal.Logs, PayloadEncoding.Text, default, Origin.None)), Refusal.Malformed, null, null);

        Assert.True(await file.TryAddAsync(letter));
        Assert.True(await file.TryAddAsync(letter));
        Assert.False(await file.TryAddAsync(letter));
        Assert.InRange(new FileInfo(folder.PathOf("full.jsonl")).Length, 1, 400);
    }

    [Fact]
    public async Task A_line_that_was_broken_off_spoils_no_other()
    {
        var path = folder.Write("torn.jsonl", "{\"time\":\"2026");
        using var file = new DeadLetterFile(path, limit: 4000);
        var letter = new DeadLetter(new ConsumedRecord("t", 0, 7, new Payload(Signal.Logs, PayloadEncoding.Text, default, Origin.None)), Refusal.Malformed, null, null);

        Assert.True(await file.TryAddAsync(letter));
        Assert.True(await file.TryAddAsync(letter));

        Assert.Equal([7, 7], File.ReadAllLines(path).Skip(1).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("offset").GetInt32()));
    }

    [Fact]
    public async Task A_defect_costs_one_record_and_tells_nothing_of_it()
    {
        var (topic, group) = Produce("bad", "b");
        var letters = cluster.CreateTopic("dead");
        flow.Answer = (text, _) => text == "bad" ? throw new InvalidDataException(text) : Task.FromResult(ExportOutcome.Success);
        await using var receiver = flow.Receive(cluster, group, [topic]);

        await Eventually.True(() => cluster.Committed(group, topic) == 2, "both records are done");
        Assert.Equal("internal", Encoding.UTF8.GetString(cluster.Read(letters, 1)[0].Message.Headers.GetLastBytes("redactor.reason")));
    }

    private static RedactedPayload Redacted(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var envelope = new RecordEnvelope("key"u8.ToArray(), [new RecordHeader("h", "v"u8.ToArray())], 1, IsTombstone: false);
        return new RedactedPayload(new Payload(Signal.Logs, PayloadEncoding.Text, bytes, Origin.None), bytes, envelope);
    }

    private (string Topic, string Group) Produce(params string[] values)
    {
        var topic = cluster.CreateTopic("source");
        foreach (var value in values)
        {
            cluster.Produce(topic, value);
        }

        cluster.Flush();
        return (topic, cluster.Name("group"));
    }
}
