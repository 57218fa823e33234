using FsCheck;
using FsCheck.Fluent;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

/// <summary>A thread remembers the keys in which it found nothing. What is redacted must not depend on what it remembers.</summary>
public sealed class KnownNamesTests
{
    [Fact]
    public void A_payload_is_redacted_the_third_time_as_the_first_time()
    {
        Gen<(int Seed, Signal Signal)> payloads = Gen.Choose(0, 1_000_000).Zip(Gen.Elements(Enum.GetValues<Signal>()));
        Prop.ForAll(payloads.ToArbitrary(), p =>
        {
            byte[] bytes = new ShuffledWriter(p.Seed).Write(new OtlpGenerator(p.Seed, p.Seed % 4).Request(p.Signal));
            RedactionResult first = Run(p.Signal, bytes, Create(FilterEngine.Auto)), again = default;
            for (int i = 0; i < 2; i++)
            {
                again = Run(p.Signal, bytes);
            }

            return first.Status == again.Status
                && (first.Payload is null || first.Payload.Bytes.Span.SequenceEqual(again.Payload!.Bytes.Span))
                && first.Report.Findings.ToHashSet().SetEquals(again.Report.Findings);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_value_beside_a_known_key_is_searched_and_one_beside_a_known_name_of_a_secret_is_masked()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("[REDACTED:canary]", Value("pin.card", Canary));
            Assert.Equal("plain", Value("pin.card", "plain"));
            Assert.Equal("[REDACTED:secret-name]", Value("user.pin", "plain"));
        }
    }

    [Fact]
    public void A_key_that_is_clean_under_one_set_of_rules_is_searched_under_the_next()
    {
        Assert.Equal("password-hint.x", Redacted("password-hint.x", TestRules).Key);
        Assert.Equal("[REDACTED:hint].x", Redacted("password-hint.x", Create(FilterEngine.Auto, Rule("hint", "password-hint"))).Key);
        Assert.Equal("password-hint.x", Redacted("password-hint.x", TestRules).Key);
    }

    private static string Value(string key, string value) => Redacted(key, TestRules, value).Value.StringValue;

    private static KeyValue Redacted(string key, RuleSet rules, string value = "plain") =>
        Run(Signal.Logs, ProtobufRedactionTests.LogAttribute(key, new AnyValue { StringValue = value }), rules).ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes[0];
}
