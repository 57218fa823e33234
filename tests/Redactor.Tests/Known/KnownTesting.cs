using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Known;
using Redactor.Known.Sources;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Tests.Redact;

namespace Redactor.Tests.Known;

/// <summary>Short ways to known secrets, for the tests of this folder.</summary>
internal static class KnownTesting
{
    public static readonly SecretMetadata NoMetadata = new();

    public static KnownStore Store(params SecretSource[] sources) => new(new KnownOptions(sources), TimeProvider.System, NullLogger.Instance);

    /// <summary>The secrets of a source, as <c>name=value</c>.</summary>
    public static async Task<string[]> ReadAsync(SecretSource source)
    {
        using var secrets = new SecretList();
        await source.ReadAsync(secrets, CancellationToken.None);
        return [.. secrets.Secrets.Select(secret => $"{secret.Name}={Encoding.UTF8.GetString(secret.Value.Span)}")];
    }

    /// <summary>The text redacted under nothing but known secrets and a rule that finds canaries.</summary>
    public static string Mask(KnownStore store, string text) => Mask(RulesOf(store), text);

    public static RuleSet RulesOf(KnownStore store) => RuleSet.Create([RedactTesting.Rule("canary", "cnry-[0-9a-f]{16}")], "test", known: store.Current);

    public static string Mask(RuleSet rules, string text) => Encoding.UTF8.GetString(TextRedactor.Redact(Encoding.UTF8.GetBytes(text), rules).Bytes.Span);
}
