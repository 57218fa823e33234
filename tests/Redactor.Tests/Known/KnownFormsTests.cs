using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Redactor.Known.Sources;
using static Redactor.Tests.Known.KnownTesting;

namespace Redactor.Tests.Known;

/// <summary>Known secrets in every form that text gives them.</summary>
public sealed class KnownFormsTests : IDisposable
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/=!$&%\"\\<>";

    /// <summary>Secrets in <c>make test</c>; REDACTOR_KNOWN sets another number.</summary>
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("REDACTOR_KNOWN") ?? "200", CultureInfo.InvariantCulture);

    /// <summary>MiB of text without secrets in <c>make test</c>; REDACTOR_TEXT_MIB sets another number.</summary>
    private static readonly int TextMiB = int.Parse(Environment.GetEnvironmentVariable("REDACTOR_TEXT_MIB") ?? "2", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Forms => [.. Encoders.Keys];

    private static Dictionary<string, Func<string, string>> Encoders => new()
    {
        ["plain"] = secret => $"key {secret}, done",
        ["between letters"] = secret => $"x{secret}y",
        ["JSON string"] = secret => JsonSerializer.Serialize(new { authorisation = secret }),
        ["JSON in JSON"] = secret => JsonSerializer.Serialize(new { body = JsonSerializer.Serialize(new { note = $"use {secret} now" }) }),
        ["\\u escapes"] = secret => "{\"a\":\"" + string.Concat(secret.Select(c => $"\\u{(int)c:x4}")) + "\"}",
        ["URL-encoded"] = secret => "https://example.org/?state=" + Uri.EscapeDataString(secret) + "&x=1",
        ["HTML entities"] = secret => "<p>" + WebUtility.HtmlEncode(secret) + "</p> &amp; &lt;",
        ["hex"] = secret => "state=" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"state {secret} of things")),
        ["hex alone"] = secret => $"state={Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret))} end",
        ["hex alone, in capitals"] = secret => $"state={Convert.ToHexString(Encoding.UTF8.GetBytes(secret))}, end",
        ["base64"] = secret => $"blob={Base64(secret)} end",
        ["Basic authorization, alignment 0"] = secret => "Basic " + Base64("ab:" + secret),
        ["Basic authorization, alignment 1"] = secret => "Basic " + Base64("abc:" + secret),
        ["Basic authorization, alignment 2"] = secret => "Basic " + Base64("abcd:" + secret),
        ["inside longer base64"] = secret => $"blob={Base64($"a sentence before the key {secret}, and one that follows it")} end",
        ["base64url"] = secret => Base64($"the key is {secret}, said he").Replace('+', '-').Replace('/', '_').TrimEnd('='),
        ["base64 of JSON in JSON"] = secret => JsonSerializer.Serialize(new { blob = Base64(JsonSerializer.Serialize(new { key = secret })) }),
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_known_secret_is_masked_in_every_form(string form)
    {
        // Shorter ones count only where they are no part of a word: the form that joins them to one begins at 16.
        var random = new Random(22);
        int shortest = form.Contains("authorization", StringComparison.Ordinal) || form is "plain" or "base64" or "hex alone" or "hex alone, in capitals" ? 8 : 16;
        string[] secrets = [.. Enumerable.Range(0, Count).Select(_ => new string(random.GetItems<char>(Alphabet, random.Next(shortest, 41))))];
        folder.Write("secrets.json", JsonSerializer.Serialize(secrets));
        var store = Store(new JsonFileSource(folder.PathOf("secrets.json")));
        await store.RefreshAsync(CancellationToken.None);
        var rules = RulesOf(store);

        var missed = secrets.Where(secret => !IsMasked(Mask(rules, Encoders[form](secret)), secret)).ToList();

        Assert.True(missed.Count == 0, $"{missed.Count} of {Count}, such as {Encoders[form](missed.FirstOrDefault() ?? "")} -> {Mask(rules, Encoders[form](missed.FirstOrDefault() ?? ""))}");
    }

    [Fact]
    public async Task Text_without_a_secret_stays_as_it_is()
    {
        // Made of the letters of the secrets, and of all forms: what could be taken for one is everywhere.
        var random = new Random(23);
        string[] secrets = [.. Enumerable.Range(0, Count).Select(_ => new string(random.GetItems<char>(Alphabet, random.Next(8, 41))))];
        folder.Write("secrets.json", JsonSerializer.Serialize(secrets));
        var store = Store(new JsonFileSource(folder.PathOf("secrets.json")));
        await store.RefreshAsync(CancellationToken.None);
        var rules = RulesOf(store);
        var forms = Encoders.Values.ToArray();

        for (long left = TextMiB * 1024L * 1024; left > 0;)
        {
            string text = forms[random.Next(forms.Length)](new string(random.GetItems<char>(Alphabet, random.Next(8, 500))));
            Assert.Equal(text, Mask(rules, text));
            left -= text.Length;
        }
    }

    private static bool IsMasked(string masked, string secret) =>
        (masked.Contains("[REDACTED:known:unnamed]", StringComparison.Ordinal) || masked.Contains(Base64("[REDACTED:known:unnamed]")[..20], StringComparison.Ordinal) || Decoded(masked).Contains("[REDACTED:known:unnamed]", StringComparison.Ordinal))
        && !Decoded(masked).Contains(secret, StringComparison.Ordinal);

    /// <summary>The text, and every stretch of base64 or hex in it as what it means.</summary>
    private static string Decoded(string text)
    {
        var all = new StringBuilder(text);
        foreach (string run in text.Split([' ', '"', '\\', ':', '{', '}', ',']))
        {
            string base64 = (run.StartsWith("blob=", StringComparison.Ordinal) ? run[5..] : run).Replace('-', '+').Replace('_', '/').TrimEnd('=');
            byte[] bytes = new byte[run.Length + 3];
            if (Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), bytes, out int length))
            {
                all.Append(' ').Append(Encoding.UTF8.GetString(bytes, 0, length));
            }

            if (run.StartsWith("state=", StringComparison.Ordinal) && run[6..].All(char.IsAsciiHexDigit))
            {
                all.Append(' ').Append(Encoding.UTF8.GetString(Convert.FromHexString(run[6..])));
            }
        }

        return all.ToString();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>A file with a list of secrets: as an HTTP source reads it.</summary>
    private sealed record JsonFileSource(string Path) : SecretSource("", NoMetadata)
    {
        public override string Location => Path;

        public override Task ReadAsync(Redactor.Known.SecretList secrets, CancellationToken cancellation)
        {
            JsonSecrets.Read(SecretFile.Read(Path, secrets.Memory), [], secrets);
            return Task.CompletedTask;
        }
    }
}
