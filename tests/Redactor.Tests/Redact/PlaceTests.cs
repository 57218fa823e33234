using Google.Protobuf;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

/// <summary>Rules that take part in some services, signals or attributes only, and masks of single services.</summary>
public sealed class PlaceTests
{
    [Theory]
    [InlineData(PayloadEncoding.Protobuf)]
    [InlineData(PayloadEncoding.Json)]
    public void A_service_may_have_a_mask_of_its_own(PayloadEncoding encoding)
    {
        var rule = Rule("word", "secret[a-z]+") with { MaskByService = new Dictionary<string, Mask> { ["pay"] = Mask.Full, ["drop"] = Mask.DropRecord } };

        var (bodies, report) = Bodies(rule, encoding, Of("pay", "secretabc"), Of("web", "secretabc"), Of("drop", "secretabc"), Of(null, "secretabc"));

        Assert.Equal(["*********", "[REDACTED:word]", "[REDACTED:word]"], bodies);
        Assert.Equal(1, report.RecordsDropped);
    }

    [Theory]
    [InlineData(PayloadEncoding.Protobuf)]
    [InlineData(PayloadEncoding.Json)]
    public void A_rule_may_take_part_in_some_services_only_and_does_where_the_service_is_unknown(PayloadEncoding encoding)
    {
        var rule = Rule("word", "secret[a-z]+") with { Scope = new RuleScope(["pay"], [], []) };

        var (bodies, report) = Bodies(rule, encoding, Of("pay", "secretabc"), Of("web", "secretabc"), Of(null, "secretabc"));

        Assert.Equal(["[REDACTED:word]", "secretabc", "[REDACTED:word]"], bodies);
        Assert.Equal(2, report.Findings.Sum(f => f.Count));
    }

    [Fact]
    public void A_rule_may_take_part_in_some_signals_only()
    {
        var logs = Rule("word", "secret[a-z]+") with { Scope = new RuleScope([], [Signal.Logs], []) };
        var traces = Rule("word", "secret[a-z]+") with { Scope = new RuleScope([], [Signal.Traces], []) };

        Assert.Equal(["[REDACTED:word]"], Bodies(logs, PayloadEncoding.Protobuf, Of("a", "secretabc")).Bodies);
        Assert.Equal(["secretabc"], Bodies(traces, PayloadEncoding.Protobuf, Of("a", "secretabc")).Bodies);
    }

    [Theory]
    [InlineData(PayloadEncoding.Protobuf)]
    [InlineData(PayloadEncoding.Json)]
    public void A_rule_may_take_part_in_some_attributes_only_and_in_what_they_hold(PayloadEncoding encoding)
    {
        var rule = Rule("word", "secret[a-z]+") with { Scope = new RuleScope([], [], ["user.*"]) };
        var resource = Of("a", "secretbody");
        var attributes = resource.ScopeLogs[0].LogRecords[0].Attributes;
        attributes.Add(new KeyValue { Key = "user.mail", Value = new AnyValue { StringValue = "secretabc" } });
        attributes.Add(new KeyValue { Key = "other", Value = new AnyValue { StringValue = "secretabc" } });
        var inner = new KeyValueList { Values = { new KeyValue { Key = "x", Value = new AnyValue { StringValue = "secretabc" } } } };
        attributes.Add(new KeyValue { Key = "user.more", Value = new AnyValue { KvlistValue = inner } });

        var record = Redact([rule], encoding, resource).Request.ResourceLogs[0].ScopeLogs[0].LogRecords[0];

        Assert.Equal("secretbody", record.Body.StringValue);
        Assert.Equal("[REDACTED:word]", record.Attributes[0].Value.StringValue);
        Assert.Equal("secretabc", record.Attributes[1].Value.StringValue);
        Assert.Equal("[REDACTED:word]", record.Attributes[2].Value.KvlistValue.Values[0].Value.StringValue);
    }

    [Fact]
    public void A_name_that_is_secret_in_one_service_stays_readable_in_others()
    {
        var rule = new Rule { Scan = new ScanRule { Id = "named", Keys = ["nickname"] }, Scope = new RuleScope(["pay"], [], []) };
        ResourceLogs pay = Of("pay", "x"), web = Of("web", "x");
        foreach (var resource in new[] { pay, web })
        {
            resource.ScopeLogs[0].LogRecords[0].Attributes.Add(new KeyValue { Key = "nickname", Value = new AnyValue { StringValue = "bob" } });
        }

        var masked = Redact([rule], PayloadEncoding.Protobuf, pay, web).Request.ResourceLogs;

        Assert.Equal("[REDACTED:named]", masked[0].ScopeLogs[0].LogRecords[0].Attributes[0].Value.StringValue);
        Assert.Equal("bob", masked[1].ScopeLogs[0].LogRecords[0].Attributes[0].Value.StringValue);
    }

    [Theory]
    [InlineData(PayloadEncoding.Protobuf)]
    [InlineData(PayloadEncoding.Json)]
    public void Where_the_first_rule_that_names_an_attribute_takes_no_part_the_next_does(PayloadEncoding encoding)
    {
        var pay = new Rule { Scan = new ScanRule { Id = "of-pay", Keys = ["nickname"] }, Scope = new RuleScope(["pay"], [], []) };
        var web = new Rule { Scan = new ScanRule { Id = "of-web", Keys = ["nick*"] }, Scope = new RuleScope(["web"], [], []) };
        ResourceLogs[] resources = [Of("web", "x"), Of("pay", "x"), Of("else", "x")];
        foreach (var resource in resources)
        {
            resource.ScopeLogs[0].LogRecords[0].Attributes.Add(new KeyValue { Key = "nickname", Value = new AnyValue { StringValue = "bob" } });
        }

        var masked = Redact([pay, web], encoding, resources).Request.ResourceLogs.Select(r => r.ScopeLogs[0].LogRecords[0].Attributes[0].Value.StringValue);

        Assert.Equal(["[REDACTED:of-web]", "[REDACTED:of-pay]", "bob"], masked);
    }

    [Fact]
    public void A_key_with_an_escape_that_is_no_character_keeps_the_rule_in_force()
    {
        var rules = RuleSet.Create([Rule("word", "secret[a-z]+") with { Scope = new RuleScope(["pay"], [], ["user"]) }], "test");
        byte[] json = """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"\ud800","value":{"stringValue":"web"}}]},"scopeLogs":[{"logRecords":[
            {"attributes":[{"key":"\ud800","value":{"stringValue":"secretabc"}}]}]}]}]}
            """u8.ToArray();

        var result = Run(Signal.Logs, json, rules, PayloadEncoding.Json);

        Assert.Equal(RedactionStatus.Ok, result.Status);
        Assert.Equal(1, result.Report.Findings.Sum(f => f.Count));
    }

    [Fact]
    public void A_clean_payload_costs_no_allocation_though_places_matter()
    {
        var rules = RuleSet.Create([Rule("word", "secret[a-z]+") with { Scope = new RuleScope(["pay"], [], []) }], "test");
        var payload = new Payload(Signal.Logs, PayloadEncoding.Protobuf, new ExportLogsServiceRequest { ResourceLogs = { Of("web", "clean") } }.ToByteArray(), Origin.None);
        PayloadRedactor.Redact(payload, rules);

        long before = GC.GetAllocatedBytesForCurrentThread();
        PayloadRedactor.Redact(payload, rules);

        // The redacted payload itself.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64);
    }

    private static ResourceLogs Of(string? service, string body)
    {
        var logs = new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { new LogRecord { Body = new AnyValue { StringValue = body } } } } } };
        if (service is not null)
        {
            logs.Resource = new Resource
            {
                Attributes =
                {
                    new KeyValue { Key = "host.name", Value = new AnyValue { StringValue = "pay" } },
                    new KeyValue { Key = "service.name", Value = new AnyValue { StringValue = service } },
                },
            };
        }

        return logs;
    }

    private static (IEnumerable<string> Bodies, RedactionReport Report) Bodies(Rule rule, PayloadEncoding encoding, params ResourceLogs[] resources)
    {
        var (request, report) = Redact([rule], encoding, resources);
        return (request.ResourceLogs.SelectMany(r => r.ScopeLogs).SelectMany(s => s.LogRecords).Select(r => r.Body.StringValue), report);
    }

    private static (ExportLogsServiceRequest Request, RedactionReport Report) Redact(IReadOnlyList<Rule> rules, PayloadEncoding encoding, params ResourceLogs[] resources)
    {
        var request = new ExportLogsServiceRequest { ResourceLogs = { resources } };
        byte[] bytes = encoding == PayloadEncoding.Protobuf ? request.ToByteArray() : System.Text.Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(request));
        RedactionResult result = Run(Signal.Logs, bytes, RuleSet.Create(rules, "test"), encoding);
        var redacted = result.Payload!.Bytes.Span;
        return (encoding == PayloadEncoding.Protobuf
            ? ExportLogsServiceRequest.Parser.ParseFrom(redacted)
            : JsonParser.Default.Parse<ExportLogsServiceRequest>(System.Text.Encoding.UTF8.GetString(redacted)), result.Report);
    }
}
