using System.Text;
using Google.Protobuf;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

/// <summary>What a redaction tells of findings that somebody should hear of.</summary>
public sealed class AuditTests
{
    private const string Word = "secretabc";

    private static readonly HashKeys Keys = new(new HashKey("k1", new string('n', HashKey.MinLength)));

    private static readonly Rule High = Rule("word", "secret[a-z]+") with { Severity = Severity.High };

    [Fact]
    public void A_finding_of_high_severity_in_a_span_says_service_environment_trace_and_span()
    {
        var span = new Span { TraceId = Id(16), SpanId = Id(8), Name = Word };
        var request = new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { Resource = Resource("pay", "prod"), ScopeSpans = { new ScopeSpans { Spans = { span, new Span { Name = Word } } } } } } };

        var audited = Audited(Signal.Traces, request.ToByteArray(), PayloadEncoding.Protobuf);

        Assert.Equal(new AuditOrigin("pay", "prod", "0102030405060708090a0b0c0d0e0f10", "0102030405060708"), audited[0].Origin);
        Assert.Equal(new AuditOrigin("pay", "prod", null, null), audited[1].Origin);
        Assert.Equal("span.name", audited[0].Place);
    }

    [Fact]
    public void A_log_record_says_the_same_in_protobuf_and_in_json()
    {
        var record = new LogRecord { TraceId = Id(16), SpanId = Id(8), Body = new AnyValue { StringValue = $"with {Word}" } };
        var request = new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { Resource = Resource("pay", "prod"), ScopeLogs = { new ScopeLogs { LogRecords = { record } } } } } };
        string json = $$$"""
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"pay"}},{"key":"deployment.environment.name","value":{"stringValue":"prod"}}]},
            "scopeLogs":[{"logRecords":[{"traceId":"0102030405060708090A0B0C0D0E0F10","spanId":"0102030405060708","body":{"stringValue":"with {{{Word}}}"}}]}]}]}
            """;

        var ofProtobuf = Assert.Single(Audited(Signal.Logs, request.ToByteArray(), PayloadEncoding.Protobuf));
        var ofJson = Assert.Single(Audited(Signal.Logs, Encoding.UTF8.GetBytes(json), PayloadEncoding.Json));

        Assert.Equal(ofProtobuf, ofJson);
        Assert.Equal(new AuditOrigin("pay", "prod", "0102030405060708090a0b0c0d0e0f10", "0102030405060708"), ofJson.Origin);
    }

    [Fact]
    public void One_secret_has_the_fingerprint_of_its_label_wherever_it_is()
    {
        var hashed = High with { Mask = Mask.Hash };
        var bodies = new[] { $"a {Word}", $"{Word} b", "secretother" };

        var result = Run(Signal.Logs, Logs(bodies).ToByteArray(), RuleSet.Create([hashed], "test", hashKeys: Keys));

        var audited = result.Report.Audited;
        Assert.Equal(audited[0].Fingerprint, audited[1].Fingerprint);
        Assert.NotEqual(audited[0].Fingerprint, audited[2].Fingerprint);
        Assert.StartsWith("k1:", audited[0].Fingerprint, StringComparison.Ordinal);
        Assert.Contains($"[REDACTED:word:{audited[0].Fingerprint}]", Encoding.UTF8.GetString(result.Payload!.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_of_lower_severity_and_of_shadow_rules_are_not_audited()
    {
        var lower = Rule("lower", "lowerabc");
        var shadow = new Rule { Scan = new ScanRule { Id = "shadow", Pattern = "shadowabc", Shadow = true }, Severity = Severity.High };

        var result = Run(Signal.Logs, Logs("lowerabc shadowabc").ToByteArray(), RuleSet.Create([lower, shadow], "test"));

        Assert.Equal(2, result.Report.Findings.Count);
        Assert.Empty(result.Report.Audited);
    }

    [Fact]
    public void Of_one_payload_no_more_than_the_limit_is_audited_and_all_is_counted()
    {
        string[] bodies = [.. Enumerable.Repeat(Word, RedactLimits.MaxAudited + 5)];

        var report = Run(Signal.Logs, Logs(bodies).ToByteArray(), RuleSet.Create([High], "test")).Report;

        Assert.Equal(RedactLimits.MaxAudited, report.Audited.Count);
        Assert.Equal(bodies.Length, report.Findings.Sum(f => f.Count));
    }

    private static IReadOnlyList<AuditedFinding> Audited(Signal signal, byte[] bytes, PayloadEncoding encoding) => Run(signal, bytes, RuleSet.Create([High], "test"), encoding).Report.Audited;

    private static ExportLogsServiceRequest Logs(params IEnumerable<string> bodies) => new()
    {
        ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { bodies.Select(body => new LogRecord { Body = new AnyValue { StringValue = body } }) } } } } },
    };

    private static Resource Resource(string service, string environment) => new()
    {
        Attributes =
        {
            new KeyValue { Key = "service.name", Value = new AnyValue { StringValue = service } },
            new KeyValue { Key = "deployment.environment.name", Value = new AnyValue { StringValue = environment } },
        },
    };

    private static ByteString Id(int length) => ByteString.CopyFrom([.. Enumerable.Range(1, length).Select(i => (byte)i)]);
}
