using System.Text;
using Google.Protobuf;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Redact.Chunks;
using Redactor.Tests.Receive;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact.Chunks;

/// <summary>A stream whose chunks come in several requests.</summary>
public sealed class ChunkHoldTests
{
    private const string Text = "The key is \"" + Canary + "\", never share it.";

    private readonly ManualTime time = new();
    private readonly List<HoldEnd> ends = [];

    [Theory]
    [InlineData(PayloadEncoding.Protobuf)]
    [InlineData(PayloadEncoding.Json)]
    public async Task A_secret_cut_at_every_position_into_two_requests_is_masked_in_both(PayloadEncoding encoding)
    {
        for (int cut = 1; cut < Text.Length; cut++)
        {
            using ChunkHold hold = Hold();
            Task<string> first = SendAsync(hold, Logs(encoding, (1, Text[..cut])));
            Task<string> second = SendAsync(hold, Logs(encoding, (2, Text[cut..])));

            // Less than eight bytes of a secret are not waited for: they tell nothing.
            int known = Math.Clamp(cut - Text.IndexOf(Canary, StringComparison.Ordinal), 0, Canary.Length);
            string kept = known < 8 ? Canary[..known] : "";
            string joined = await first + await second;
            Assert.Equal(Text.Replace(Canary, kept, StringComparison.Ordinal), joined.Replace("[REDACTED:canary]", "", StringComparison.Ordinal));
            Assert.Contains("[REDACTED:canary]", joined, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_request_waits_until_the_word_that_it_ends_in_has_ended()
    {
        using ChunkHold hold = Hold();
        Task<string> first = SendAsync(hold, Logs(PayloadEncoding.Protobuf, (1, "key cnry-01234")));
        Assert.False(first.IsCompleted);
        Task<string> second = SendAsync(hold, Logs(PayloadEncoding.Protobuf, (2, "567")));
        Assert.False(first.IsCompleted);
        Task<string> third = SendAsync(hold, Logs(PayloadEncoding.Protobuf, (3, "89abcdef and so on")));

        Assert.Equal(["key [REDACTED:canary]", "[REDACTED:canary]", "[REDACTED:canary] and so on"], [await first, await second, await third]);
        Assert.All(ends, end => Assert.Equal(HoldEnd.Joined, end));
    }

    [Fact]
    public async Task Requests_that_come_out_of_order_are_put_in_order()
    {
        using ChunkHold hold = Hold();
        Task<string> second = SendAsync(hold, Logs(PayloadEncoding.Protobuf, (2, "89abcdef, never share it.")));
        Assert.False(second.IsCompleted);
        Task<string> first = SendAsync(hold, Logs(PayloadEncoding.Protobuf, (1, "The key is cnry-01234567")));

        Assert.Equal(["The key is [REDACTED:canary]", "[REDACTED:canary], never share it."], [await first, await second]);
    }

    [Fact]
    public async Task At_the_time_limit_the_end_that_may_be_half_a_secret_is_masked_and_what_comes_later_too()
    {
        using ChunkHold hold = Hold();
        Task<string> first = SendAsync(hold, Logs(PayloadEncoding.Protobuf, (1, "The key is cnry-01234567")));
        Assert.False(first.IsCompleted);
        Assert.Equal([TimeSpan.FromSeconds(2)], time.DueTimes);
        time.Fire();

        Assert.Equal("The key is [REDACTED:cut]", await first);
        Assert.Equal("[REDACTED:canary], never share it.", await SendAsync(hold, Logs(PayloadEncoding.Protobuf, (2, "89abcdef, never share it."))));
        Assert.Equal([HoldEnd.Time], ends);
    }

    [Fact]
    public async Task Without_room_the_end_is_masked_at_once()
    {
        using ChunkHold hold = Hold(maxBytes: 400);
        Assert.Equal("The key is [REDACTED:cut]", await SendAsync(hold, Logs(PayloadEncoding.Protobuf, (1, "The key is cnry-01234567"))));
        Assert.Equal([HoldEnd.Bytes], ends);
    }

    [Fact]
    public async Task Stopping_lets_go_of_what_is_held_and_holds_nothing_more()
    {
        using ChunkHold hold = Hold();
        Task<string> held = SendAsync(hold, Logs(PayloadEncoding.Protobuf, (1, "The key is cnry-01234567")));
        hold.Stop();

        Assert.Equal("The key is [REDACTED:cut]", await held);
        Assert.Equal("another [REDACTED:cut]", await SendAsync(hold, Logs(PayloadEncoding.Protobuf, (9, "another cnry-01234567"))));
        Assert.Equal([HoldEnd.Shutdown, HoldEnd.Shutdown], ends);
    }

    [Fact]
    public async Task A_sender_who_gives_up_gets_no_answer_and_may_send_again()
    {
        using ChunkHold hold = Hold();
        using var patience = new CancellationTokenSource();
        Payload request = Logs(PayloadEncoding.Protobuf, (1, "The key is cnry-01234567"));
        Task<string> first = SendAsync(hold, request, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Task<string> again = SendAsync(hold, request);
        Assert.False(again.IsCompleted);
        Assert.Equal("[REDACTED:canary] is it", await SendAsync(hold, Logs(PayloadEncoding.Protobuf, (2, "89abcdef is it"))));
        Assert.Equal("The key is [REDACTED:canary]", await again);
    }

    [Fact]
    public async Task Json_deltas_and_events_of_a_span_are_held_too()
    {
        using ChunkHold hold = Hold();
        Task<string> first = SendAsync(hold, Logs(PayloadEncoding.Protobuf, (1, """{"delta":{"content":"is cnry-01234567"}}""")));
        Assert.False(first.IsCompleted);
        Assert.Equal("""{"delta":{"content":"[REDACTED:canary] "}}""", await SendAsync(hold, Logs(PayloadEncoding.Protobuf, (2, """{"delta":{"content":"89abcdef "}}"""))));
        Assert.Equal("""{"delta":{"content":"is [REDACTED:canary]"}}""", await first);

        var span = new Span { TraceId = Id(16), SpanId = Id(8), Events = { new Span.Types.Event { Name = "gen_ai.choice", Attributes = { new KeyValue { Key = "content", Value = new AnyValue { StringValue = "cnry-01234567" } } } } } };
        var traces = new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { new ScopeSpans { Spans = { span } } } } } };
        Assert.False(hold.WaitAsync(new Payload(Signal.Traces, PayloadEncoding.Protobuf, traces.ToByteArray(), Origin.None), default).IsCompleted);
    }

    [Fact]
    public async Task Words_other_signals_and_log_lines_are_never_held()
    {
        using ChunkHold hold = Hold();
        Assert.Equal("a sentence that ends in everything", await SendAsync(hold, Logs(PayloadEncoding.Protobuf, (1, "a sentence that ends in everything"))));
        ExportLogsServiceRequest lines = Request((1, "job 0123456789abcdef"));
        lines.ResourceLogs[0].ScopeLogs[0].LogRecords[0].EventName = "";
        Assert.Equal("job 0123456789abcdef", await SendAsync(hold, new Payload(Signal.Logs, PayloadEncoding.Protobuf, lines.ToByteArray(), Origin.None)));
        Assert.Null(await hold.WaitAsync(new Payload(Signal.Metrics, PayloadEncoding.Protobuf, new byte[10], Origin.None), default));
        Assert.Empty(ends);
        Assert.Empty(time.DueTimes);
    }

    [Fact]
    public void Memory_is_bounded_and_what_is_old_goes_first()
    {
        var memory = new StreamMemory(10_000);
        DateTimeOffset start = DateTimeOffset.UnixEpoch;
        for (int i = 0; i < 1000; i++)
        {
            memory.Add(new StreamEnds($"stream {i}", 0, new byte[100], new byte[100], true), start.AddSeconds(i));
            Assert.InRange(memory.Bytes, 1, 10_000);
        }

        Assert.False(memory.TryHold(10_000));
        memory.Forget(start.AddSeconds(2000));
        Assert.Equal(0, memory.Bytes);
        Assert.True(memory.TryHold(10_000));
    }

    private static ByteString Id(int length) => ByteString.CopyFrom([.. Enumerable.Range(1, length).Select(i => (byte)i)]);

    private static ExportLogsServiceRequest Request(params (ulong Time, string Text)[] chunks)
    {
        var records = new ScopeLogs();
        records.LogRecords.AddRange(chunks.Select(chunk => new LogRecord { TimeUnixNano = chunk.Time, TraceId = Id(16), SpanId = Id(8), EventName = "gen_ai.choice", Body = new AnyValue { StringValue = chunk.Text } }));
        return new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { records } } } };
    }

    private static Payload Logs(PayloadEncoding encoding, params (ulong Time, string Text)[] chunks)
    {
        ExportLogsServiceRequest request = Request(chunks);
        return new Payload(Signal.Logs, encoding, encoding == PayloadEncoding.Protobuf ? request.ToByteArray() : Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(request)), Origin.None);
    }

    /// <summary>Takes a request through the hold and the redaction; its bodies, joined.</summary>
    private static async Task<string> SendAsync(ChunkHold hold, Payload payload, CancellationToken cancellation = default)
    {
        StreamNeighbours? neighbours = await hold.WaitAsync(payload, cancellation);
        ReadOnlyMemory<byte> clean = PayloadRedactor.Redact(payload, TestRules, neighbours: neighbours).Payload!.Bytes;
        ExportLogsServiceRequest arrived = payload.Encoding == PayloadEncoding.Protobuf
            ? ExportLogsServiceRequest.Parser.ParseFrom(clean.Span)
            : ExportLogsServiceRequest.Parser.ParseJson(Encoding.UTF8.GetString(clean.Span));
        return string.Concat(arrived.ResourceLogs[0].ScopeLogs[0].LogRecords.Select(r => r.Body.StringValue));
    }

    private ChunkHold Hold(long maxBytes = 1 << 20) => new(new HoldOptions(TimeSpan.FromSeconds(2), maxBytes), time, end =>
    {
        lock (ends)
        {
            ends.Add(end);
        }
    });
}
