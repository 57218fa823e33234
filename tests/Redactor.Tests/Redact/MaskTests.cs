using System.Text;
using Google.Protobuf;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

public sealed class MaskTests
{
    [Theory]
    [InlineData(Mask.Label, "a [REDACTED:word] b")]
    [InlineData(Mask.Full, "a **************** b")]
    [InlineData(Mask.Last4, "a [REDACTED:word:...Cd*4] b")]
    public void A_mask_takes_the_place_of_the_finding(Mask mask, string expected) =>
        Assert.Equal(expected, Text("a secretsecretCd_4 b", Create(FilterEngine.Auto, Rule("word", "secret[A-Za-z0-9_]+", mask))));

    [Fact]
    public void The_last_four_are_never_more_than_a_quarter()
    {
        RuleSet rules = Create(FilterEngine.Auto, Rule("word", "secret[a-z]*", Mask.Last4));
        Assert.Equal("[REDACTED:word:...y]", Text("secrety", rules));
        Assert.Equal("[REDACTED:word:...xyz]", Text("secretabcxyz", rules));
    }

    [Theory]
    [InlineData("password=[REDACTED:canary]", "password=[REDACTED:canary]")]
    [InlineData("secret[REDACTED:canary]secret", "[REDACTED:wide][REDACTED:canary][REDACTED:wide]")]
    [InlineData("secret[REDACTED:Canary]secret", "[REDACTED:wide]")]
    [InlineData("secret[REDACTED:a--b]secret", "[REDACTED:wide]")]
    [InlineData("secret[REDACTED:a:b]secret", "[REDACTED:wide]")]
    [InlineData("secret[REDACTED:a:0123456789ab]secret", "[REDACTED:wide][REDACTED:a:0123456789ab][REDACTED:wide]")]
    [InlineData("secret[REDACTED:a:...x*Z]secret", "[REDACTED:wide][REDACTED:a:...x*Z][REDACTED:wide]")]
    [InlineData("secret[REDACTED:", "[REDACTED:wide]")]
    public void Findings_are_cut_around_labels_and_only_around_labels(string text, string expected)
    {
        var judge = new UnitJudge(new FindingCounter());
        RuleSet rules = RuleSet.Create([Rule("wide", "secret")], "test");
        var maskers = Maskers.For(rules);
        judge.Begin(maskers);
        var findings = new FindingList();
        byte[] unit = Encoding.UTF8.GetBytes(text);
        int start = text.IndexOf("secret", StringComparison.Ordinal);
        if (start >= 0)
        {
            findings.Add(new Finding(0, start, unit.Length - start));
        }

        Verdict verdict = judge.Judge(unit, ScanStatus.Complete, findings, -1, "test");
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        UnitWriter.Write(new SpelledUnit(unit), judge.Ranges, [], maskers, output);
        Assert.Equal(start >= 0 ? Verdict.Mask : Verdict.Clean, verdict);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Overlapping_findings_become_one_with_the_label_of_the_first_rule_and_touching_ones_stay_apart()
    {
        RuleSet rules = RuleSet.Create([Rule("one", "bbcc"), Rule("two", "aabb"), Rule("three", "dd")], "test");
        Assert.Equal("[REDACTED:one][REDACTED:three]", Text("aabbccdd", rules));
    }

    [Fact]
    public void A_shadow_rule_counts_and_masks_nothing()
    {
        RuleSet rules = RuleSet.Create([new Rule { Scan = new ScanRule { Id = "shadow", Pattern = "secret", Shadow = true } }], "test");
        RedactedText result = TextRedactor.Redact("a secret"u8.ToArray(), rules);
        Assert.Equal("a secret"u8, result.Bytes.Span);
        Assert.Equal(new FindingCount(0, "text", 1) { IsShadow = true }, Assert.Single(result.Report.Findings));
    }

    [Fact]
    public void A_unit_over_budget_is_masked_whole_and_counted()
    {
        var counter = new FindingCounter();
        var judge = new UnitJudge(counter);
        judge.Begin(Maskers.For(TestRules));
        Assert.Equal(Verdict.Mask, judge.Judge("some text"u8, ScanStatus.OverBudget, new FindingList(), -1, "test"));
        Assert.Equal(new MaskedRange(0, 9, -1), Assert.Single(judge.Ranges.ToArray()));
        Assert.Equal(1, counter.ToReport().UnitsOverBudget);
    }

    [Fact]
    public void A_dropped_field_takes_its_attribute_and_a_dropped_record_is_counted()
    {
        RuleSet rules = Create(FilterEngine.Auto, Rule("field", "fieldgone", Mask.DropField), Rule("record", "recordgone", Mask.DropRecord));
        ExportLogsServiceRequest request = ProtobufRedactionTests.LogAttribute("a", new AnyValue { StringValue = "a fieldgone b" });
        LogRecord kept = request.ResourceLogs[0].ScopeLogs[0].LogRecords[0];
        request.ResourceLogs[0].ScopeLogs[0].LogRecords.Add(new LogRecord { Body = new AnyValue { StringValue = "recordgone" } });
        request.ResourceLogs[0].SchemaUrl = "fieldgone";

        RedactionResult result = Run(Signal.Logs, request.ToByteArray(), rules);

        kept.Attributes.Clear();
        request.ResourceLogs[0].ScopeLogs[0].LogRecords.RemoveAt(1);
        request.ResourceLogs[0].SchemaUrl = "";
        Assert.Equal(request, ExportLogsServiceRequest.Parser.ParseFrom(result.Payload!.Bytes.Span));
        Assert.Equal(1, result.Report.RecordsDropped);
    }

    [Fact]
    public void Findings_are_reported_by_rule_and_place()
    {
        ExportLogsServiceRequest request = ProtobufRedactionTests.LogAttribute("a", new AnyValue { StringValue = $"{Canary} {Canary}" });
        request.ResourceLogs[0].ScopeLogs[0].LogRecords[0].SeverityText = Canary;
        Assert.Equal(
            [new FindingCount(0, "log.attribute", 2), new FindingCount(0, "log.severity_text", 1)],
            Run(Signal.Logs, request.ToByteArray()).Report.Findings.OrderBy(f => f.Place));
    }

    private static string Text(string text, RuleSet rules) => Encoding.UTF8.GetString(TextRedactor.Redact(Encoding.UTF8.GetBytes(text), rules).Bytes.Span);
}
