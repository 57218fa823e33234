using System.Text;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

/// <summary>Secrets that no pattern describes, known to the scanner as such.</summary>
public sealed class KnownValueTests
{
    private const string Known = "correct/horse battery+staple";

    private static readonly RuleSet Rules = RuleSet.Create(
        [Rule("canary", "cnry-[0-9a-f]{16}"), new Rule { Scan = new ScanRule { Id = "known" } }],
        "test",
        new ScannerOptions { Values = [new ExactValues([new ExactValue(1, Encoding.UTF8.GetBytes(Known))])] });

    [Fact]
    public void A_known_value_is_masked_where_it_stands_though_no_pattern_leads_there()
    {
        ExportLogsServiceRequest redacted = Run(Signal.Logs, Logs($"at {Known}, then {Canary}"), Rules);
        Assert.Equal(Logs("at [REDACTED:known], then [REDACTED:canary]"), redacted);
    }

    [Theory]
    [InlineData("{\"a\":\"KNOWN\"}", "{\"a\":\"[REDACTED:known]\"}")]
    [InlineData("{\"a\":\"correct\\/horse battery\\u002bstaple\"}", "{\"a\":\"[REDACTED:known]\"}")]
    public void In_json_it_is_found_as_it_is_and_escaped(string json, string expected)
    {
        RedactedText result = JsonRedactor.Redact(Encoding.UTF8.GetBytes(json.Replace("KNOWN", Known, StringComparison.Ordinal)), Rules);
        Assert.Equal(expected, Encoding.UTF8.GetString(result.Bytes.Span));
    }

    private static ExportLogsServiceRequest Logs(string body)
    {
        var scope = new ScopeLogs { LogRecords = { new LogRecord { Body = new AnyValue { StringValue = body } } } };
        return new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { scope } } } };
    }
}
