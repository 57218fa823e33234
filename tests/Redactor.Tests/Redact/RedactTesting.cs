using Google.Protobuf;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Tests.Redact;

/// <summary>Rules and short ways to run a redaction, for the tests of this folder.</summary>
internal static class RedactTesting
{
    /// <summary>What the canary rule matches. It looks like no real credential.</summary>
    public const string Canary = "cnry-" + "0123456789abcdef";

    /// <summary>A card number of the kind that test suites of payment systems use, as an integer.</summary>
    public const long Card = 4_111_111_111_111_111;

    public static readonly RuleSet TestRules = Create(FilterEngine.Auto);

    public static RuleSet Create(FilterEngine engine, params Rule[] more) => RuleSet.Create(
        [
            Rule("canary", "cnry-[0-9a-f]{16}"),
            new Rule { Scan = new ScanRule { Id = "secret-name", Keys = ["password", "pin", "x-api-key"] } },
            new Rule { Scan = new ScanRule { Id = "card", Pattern = "\\b[0-9]{13,19}\\b", Check = "luhn" } },
            Rule("bearer", "(?i)bearer ([a-z0-9-]{8,64})"),
            .. more,
        ],
        "test",
        new ScannerOptions { Engine = engine });

    public static Rule Rule(string id, string pattern, Mask mask = Mask.Label) =>
        new() { Scan = new ScanRule { Id = id, Pattern = pattern }, Mask = mask };

    public static RedactionResult Run(Signal signal, ReadOnlyMemory<byte> bytes, RuleSet? rules = null, PayloadEncoding encoding = PayloadEncoding.Protobuf) =>
        PayloadRedactor.Redact(new Payload(signal, encoding, bytes, Origin.None), rules ?? TestRules);

    public static T Run<T>(Signal signal, T message, RuleSet? rules = null)
        where T : IMessage<T>, new()
    {
        RedactionResult result = Run(signal, message.ToByteArray(), rules);
        Assert.Equal(RedactionStatus.Ok, result.Status);
        return new MessageParser<T>(() => new T()).ParseFrom(result.Payload!.Bytes.Span);
    }
}
