using System.Text;
using Google.Protobuf;
using Redactor.Otlp;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact.Chunks;

public sealed class ChunkTests
{
    private const string Text = "The key is \"" + Canary + "\",\nnever share it.";

    public static TheoryData<PayloadEncoding, Signal> Transports => new()
    {
        { PayloadEncoding.Protobuf, Signal.Traces },
        { PayloadEncoding.Protobuf, Signal.Logs },
        { PayloadEncoding.Json, Signal.Traces },
        { PayloadEncoding.Json, Signal.Logs },
    };

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_secret_cut_at_every_position_is_masked_in_each_part(PayloadEncoding encoding, Signal signal)
    {
        for (int cut = 1; cut < Text.Length; cut++)
        {
            AssertMasked([Text[..cut], Text[cut..]], encoding, signal);
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_secret_cut_into_two_to_twenty_chunks_is_masked_in_each_part(PayloadEncoding encoding, Signal signal)
    {
        for (int count = 2; count <= 20; count++)
        {
            var random = new Random(count);
            int[] cuts = [0, .. Enumerable.Range(1, Text.Length - 1).OrderBy(_ => random.Next()).Take(count - 1).Order(), Text.Length];
            AssertMasked([.. cuts.Zip(cuts.Skip(1), (start, end) => Text[start..end])], encoding, signal);
        }
    }

    [Fact]
    public void Log_records_of_other_spans_are_no_chunks()
    {
        ExportLogsServiceRequest request = Logs("cnry-01234567", "89abcdef");
        request.ResourceLogs[0].ScopeLogs[0].LogRecords[1].SpanId = ByteString.CopyFrom(new byte[] { 9, 9, 9, 9, 9, 9, 9, 9 });
        Assert.Equal(request, Run(Signal.Logs, request));
    }

    [Fact]
    public void Text_before_and_behind_the_secret_stays_in_its_chunk() =>
        Assert.Equal(["a [REDACTED:canary]", "[REDACTED:canary]", "[REDACTED:canary] b"], Pieces(Run(Signal.Logs, Logs("a cnry-", "01234567", "89abcdef b"))));

    private static void AssertMasked(string[] chunks, PayloadEncoding encoding, Signal signal)
    {
        IMessage request = signal == Signal.Traces ? Traces(chunks) : Logs(chunks);
        byte[] bytes = encoding == PayloadEncoding.Protobuf ? request.ToByteArray() : Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(request));
        ReadOnlyMemory<byte> redacted = Run(signal, bytes, null, encoding).Payload!.Bytes;
        IMessage arrived = encoding == PayloadEncoding.Protobuf ? request.Descriptor.Parser.ParseFrom(redacted.Span) : request.Descriptor.Parser.ParseJson(Encoding.UTF8.GetString(redacted.Span));
        string[] pieces = Pieces(arrived);

        Assert.Equal(chunks.Length, pieces.Length);
        Assert.Equal(Text.Replace(Canary, "", StringComparison.Ordinal), string.Concat(pieces).Replace("[REDACTED:canary]", "", StringComparison.Ordinal));
        Assert.Contains("[REDACTED:canary]", string.Concat(pieces), StringComparison.Ordinal);
        Assert.True(Run(signal, redacted, null, encoding).Payload!.Bytes.Equals(redacted));
    }

    private static ExportTraceServiceRequest Traces(params string[] chunks)
    {
        var span = new Span { Name = "chat", Events = { new Span.Types.Event { Name = "start" } } };
        foreach (string chunk in chunks)
        {
            span.Events.Add(new Span.Types.Event
            {
                Name = "gen_ai.content.chunk",
                Attributes = { new KeyValue { Key = "index", Value = new AnyValue { IntValue = 1 } }, new KeyValue { Key = "content", Value = new AnyValue { StringValue = chunk } } },
            });
        }

        return new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { new ScopeSpans { Spans = { span } } } } } };
    }

    private static ExportLogsServiceRequest Logs(params string[] chunks)
    {
        var records = new ScopeLogs();
        foreach (string chunk in chunks)
        {
            records.LogRecords.Add(new LogRecord
            {
                TraceId = ByteString.CopyFrom(new byte[16]),
                SpanId = ByteString.CopyFrom(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }),
                Body = new AnyValue { StringValue = chunk },
                Attributes = { new KeyValue { Key = "logger", Value = new AnyValue { StringValue = "stream" } } },
            });
        }

        return new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { records } } } };
    }

    private static string[] Pieces(IMessage message) => message is ExportTraceServiceRequest traces
        ? [.. traces.ResourceSpans[0].ScopeSpans[0].Spans[0].Events.Skip(1).Select(e => e.Attributes[1].Value.StringValue)]
        : [.. ((ExportLogsServiceRequest)message).ResourceLogs[0].ScopeLogs[0].LogRecords.Select(r => r.Body.StringValue)];
}
