using System.Text;
using Google.Protobuf;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact.Views;

/// <summary>Text that costs too much to be read, where the configuration refuses such.</summary>
public sealed class OverBudgetTests
{
    private static readonly string Costly = string.Concat(Enumerable.Repeat("%20 ", 10_000));

    [Fact]
    public void The_log_record_that_holds_it_goes_and_its_neighbours_stay()
    {
        ExportLogsServiceRequest request = Logs("one", Costly, "three");
        RedactionResult result = Refuse(Signal.Logs, request);
        request.ResourceLogs[0].ScopeLogs[0].LogRecords.RemoveAt(1);
        Assert.Equal(request, ExportLogsServiceRequest.Parser.ParseFrom(result.Payload!.Bytes.Span));
        Assert.Equal((1, 0, 1), (result.Report.RecordsRefused, result.Report.RecordsDropped, result.Report.UnitsOverBudget));
    }

    [Fact]
    public void The_record_goes_whole_with_all_that_is_found_in_it()
    {
        ExportLogsServiceRequest request = Logs(Costly, "two");
        request.ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes.Add(Attribute("later", Canary));
        RedactionResult result = Refuse(Signal.Logs, request);
        request.ResourceLogs[0].ScopeLogs[0].LogRecords.RemoveAt(0);
        Assert.Equal(request, ExportLogsServiceRequest.Parser.ParseFrom(result.Payload!.Bytes.Span));
    }

    [Fact]
    public void A_span_goes_with_the_event_that_holds_it()
    {
        var holds = new Span { Name = "a", Events = { new Span.Types.Event { Name = "e", Attributes = { Attribute("k", Costly) } } } };
        var request = new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { new ScopeSpans { Spans = { holds, new Span { Name = "b" } } } } } } };
        RedactionResult result = Refuse(Signal.Traces, request);
        Assert.Equal("b", Assert.Single(ExportTraceServiceRequest.Parser.ParseFrom(result.Payload!.Bytes.Span).ResourceSpans[0].ScopeSpans[0].Spans).Name);
    }

    [Fact]
    public void Records_whose_joined_text_costs_too_much_go_together()
    {
        string[] pieces = [.. Enumerable.Repeat(string.Concat(Enumerable.Repeat("%20 ", 12)), 60)];
        ExportLogsServiceRequest request = Logs([.. pieces, "end"]);
        foreach (LogRecord record in request.ResourceLogs[0].ScopeLogs[0].LogRecords)
        {
            record.TraceId = ByteString.CopyFrom(Enumerable.Repeat((byte)1, 16).ToArray());
            record.SpanId = ByteString.CopyFrom(Enumerable.Repeat((byte)2, 8).ToArray());
        }

        Assert.Equal(0, Refuse(Signal.Logs, Logs(pieces)).Report.RecordsRefused);
        Assert.InRange(Refuse(Signal.Logs, request).Report.RecordsRefused, 2, 60);
    }

    [Fact]
    public void A_field_of_a_newer_otlp_takes_its_record_along()
    {
        // Of every length a value that a text of one byte holds everywhere: searching it costs more steps than it may.
        var values = new ExactValues([.. Enumerable.Range(16, 400).Select(length => new ExactValue(0, new byte[length]))]);
        RuleSet rules = RuleSet.Create([Rule("a", "unused")], "test", new ScannerOptions { Values = [values] });
        byte[] text = new byte[100_000];
        ExportLogsServiceRequest request = Logs("one", "two");
        request.ResourceLogs[0].ScopeLogs[0].LogRecords[0].MergeFrom([0xFA, 0x07, .. Varint(text.Length), .. text]);
        RedactionResult result = Refuse(Signal.Logs, request, rules);
        Assert.Equal(Logs("two"), ExportLogsServiceRequest.Parser.ParseFrom(result.Payload!.Bytes.Span));
    }

    [Fact]
    public void What_all_records_share_has_the_request_refused()
    {
        ExportLogsServiceRequest request = Logs("one");
        request.ResourceLogs[0].Resource = new Resource { Attributes = { Attribute("k", Costly) } };
        RedactionResult result = Refuse(Signal.Logs, request);
        Assert.Equal((RedactionStatus.OverBudget, null, 1), (result.Status, result.Payload, result.Report.UnitsOverBudget));
    }

    [Fact]
    public void Json_is_refused_record_by_record_as_well()
    {
        byte[] json = Encoding.UTF8.GetBytes($$$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"{{{Costly}}}"}},{"body":{"stringValue":"b"}}]}]}]}""");
        RedactionResult result = PayloadRedactor.Redact(new Payload(Signal.Logs, PayloadEncoding.Json, json, Origin.None), TestRules, refuses: true);
        Assert.Equal("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"b"}}]}]}]}""", Encoding.UTF8.GetString(result.Payload!.Bytes.Span));
    }

    private static RedactionResult Refuse(Signal signal, IMessage request, RuleSet? rules = null) =>
        PayloadRedactor.Redact(new Payload(signal, PayloadEncoding.Protobuf, request.ToByteArray(), Origin.None), rules ?? TestRules, refuses: true);

    private static KeyValue Attribute(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    private static ExportLogsServiceRequest Logs(params string[] bodies)
    {
        var scope = new ScopeLogs();
        scope.LogRecords.AddRange(bodies.Select(body => new LogRecord { Body = new AnyValue { StringValue = body } }));
        return new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { scope } } } };
    }

    private static byte[] Varint(int value)
    {
        Span<byte> bytes = stackalloc byte[5];
        return bytes[..ProtobufRewriter.WriteVarint((uint)value, bytes)].ToArray();
    }
}
