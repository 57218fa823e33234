using System.Security.Cryptography;
using System.Text;
using Redactor.Redact;
using Redactor.Rules;

namespace Redactor.Tests.Redact;

public sealed class HashMaskTests
{
    private static readonly string OldValue = new('o', HashKey.MinLength);
    private static readonly string NewValue = new('n', HashKey.MinLength);

    [Fact]
    public void A_fingerprint_is_the_start_of_the_HMAC_of_what_is_masked()
    {
        var expected = Fingerprint(NewValue, "secretabc");

        Assert.Equal($"a [REDACTED:word:{expected}] b", Text("a secretabc b", new HashKeys(new HashKey("", NewValue))));
        Assert.Equal($"a [REDACTED:word:k2:{expected}] b", Text("a secretabc b", new HashKeys(new HashKey("k2", NewValue))));
    }

    [Fact]
    public void While_a_key_is_replaced_both_fingerprints_are_written()
    {
        var keys = new HashKeys(new HashKey("k2", NewValue), new HashKey("k1", OldValue));

        Assert.Equal($"[REDACTED:word:k2:{Fingerprint(NewValue, "secretabc")}:k1:{Fingerprint(OldValue, "secretabc")}]", Text("secretabc", keys));
    }

    [Fact]
    public void One_secret_has_one_fingerprint_whatever_rule_finds_it()
    {
        var masked = Text("secretabc token=secretabc", new HashKeys(new HashKey("", NewValue)));

        Assert.Equal(2, masked.Split(Fingerprint(NewValue, "secretabc")).Length - 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("k2")]
    public void A_second_hop_changes_nothing(string id)
    {
        var keys = new HashKeys(new HashKey(id, NewValue), id.Length > 0 ? new HashKey("longest8", OldValue) : null);
        var first = Text("secretabc, secretdef", keys, new string('w', 64));

        Assert.Equal(first, Text(first, keys, new string('w', 64)));
    }

    [Theory]
    [InlineData("[REDACTED:a:K1:0123456789ab]secret")]
    [InlineData("[REDACTED:a:1k:0123456789ab]secret")]
    [InlineData("[REDACTED:a:k1:0123456789a]secret")]
    [InlineData("[REDACTED:a:k1:0123456789ab:]secret")]
    [InlineData("[REDACTED:a:ninechars:0123456789ab]secret")]
    [InlineData("[REDACTED:a:k1:0123456789ab:k2:0123456789ab:k3:0123456789ab]secret")]
    public void What_only_resembles_a_fingerprint_is_no_label(string text) =>
        Assert.Equal("[REDACTED:all]", Encoding.UTF8.GetString(TextRedactor.Redact(Encoding.UTF8.GetBytes(text), RuleSet.Create([RedactTesting.Rule("all", ".+secret")], "test")).Bytes.Span));

    [Fact]
    public void A_rule_that_asks_for_a_fingerprint_without_a_key_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yaml", "- {id: a, pattern: alpha, mask: hash}\n");
        var source = new RuleSource([folder.PathOf("a.yaml")], Profile.Default);

        var mistake = Assert.Single(RuleLoad.From(source).Mistakes);
        Assert.Equal("mask \"hash\" needs a key: add masking: {hash_key: {value: \"${file:PATH}\"}} to the configuration, or use \"label\" or \"last4\"", mistake.Message);
        Assert.Equal(1, mistake.Line);
        Assert.NotNull(RuleLoad.From(source with { HashKeys = new HashKeys(new HashKey("", NewValue)) }).Rules);
    }

    private static string Fingerprint(string key, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value)))[..12];

    private static string Text(string text, HashKeys keys, string id = "word")
    {
        RuleSet rules = RuleSet.Create(
            [RedactTesting.Rule("named", "token=([a-z]+)", Mask.Hash), RedactTesting.Rule(id, "secret[a-z]+", Mask.Hash)], "test", hashKeys: keys);
        return Encoding.UTF8.GetString(TextRedactor.Redact(Encoding.UTF8.GetBytes(text), rules).Bytes.Span);
    }
}
