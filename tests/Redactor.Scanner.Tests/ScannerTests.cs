using System.Text;

namespace Redactor.Scanning.Tests;

public class ScannerTests
{
    [Theory]
    [InlineData("sk-[a-z]{3,5}", "a sk-abc, sk-abcdefg sk-ab", "sk-abc|sk-abcde")]
    [InlineData("key=(\\w+)", "key=abc key= key=d", "abc|d")]
    [InlineData("(?i)Token: ?(\\w+)", "TOKEN: x1 token:y2", "x1|y2")]
    [InlineData("\\bAKIA[A-Z2-7]{4}\\b", "AKIAAAAA xAKIABBBB AKIACCCCC AKIADDDD", "AKIAAAAA|AKIADDDD")]
    [InlineData("foo(?:bar|baz)+?", "foobarbaz", "foobar")]
    [InlineData("foo|foobar", "foobar", "foo")]
    [InlineData("[\\w.]{0,20}key=(\\d+)", "a.b.key=12;key=3", "12|3")]
    [InlineData("[a-z]+@[a-z]+\\.com", "x me@example.com y", "me@example.com")]
    [InlineData("(?m)^key .*$", "a\nkey one\nkey two", "key one|key two")]
    [InlineData("^tok", "tok tok", "tok")]
    [InlineData("tok$", "tok tok", "tok")]
    [InlineData("k..k=x", "kéék=x k\U0001F600ak=x", "kéék=x|k\U0001F600ak=x")]
    [InlineData("name=[а-я]+", "name=иван", "name=иван")]
    [InlineData("pw=[^\\s]{2,4}", "pw=пароль", "pw=паро")]
    [InlineData("\\d{3}-\\d{2}-\\d{4}", "call 123-45-6789 now", "123-45-6789")]
    [InlineData("(?:id=(\\d+)|no=(\\d+))", "id=1 no=22", "1|22")]
    public void Finds_what_the_expression_says(string pattern, string text, string expected) =>
        Assert.Equal(expected.Split('|'), Find.All(pattern, text));

    /// <summary>A long unit is filtered and confirmed a part at a time; here all of it is filtered first.</summary>
    [Fact]
    public void A_finding_is_the_same_wherever_a_long_unit_is_divided_in_it()
    {
        var scanner = Scanner.Compile(
        [
            new ScanRule { Id = "key", Pattern = "\\bsk-[a-z0-9]{20,}\\b" },
            new ScanRule { Id = "far", Pattern = "[a-z. ]{0,200}token=(\\w+)" },
            new ScanRule { Id = "long", Pattern = "BEGIN [^\n]{1,500} END" },
            new ScanRule { Id = "id", Pattern = "\\b[0-9a-f]{8}-[0-9a-f]{4}\\b" },
        ]);
        byte[] secret = Encoding.ASCII.GetBytes($" BEGIN {new string('x', 90)} sk-{new string('a', 30)} END 0123abcd-0123 {new string('z', 150)} token=value ");
        byte[] text = new byte[400 * 1024];
        var (whole, parts, candidates) = (new FindingList(), new FindingList(), new CandidateList());
        for (int offset = (128 * 1024) - secret.Length - 40; offset < (128 * 1024) + 40; offset++)
        {
            text.AsSpan().Fill((byte)'.');
            secret.CopyTo(text.AsSpan(offset));
            secret.CopyTo(text.AsSpan(offset + (128 * 1024)));
            scanner.FindCandidates(text, candidates);
            Assert.Equal(ScanStatus.Complete, scanner.Confirm(text, 0, text.Length, candidates, whole));
            Assert.Equal(8, whole.Count);
            Assert.Equal(ScanStatus.Complete, scanner.Scan(text, parts));
            Assert.Equal(whole.Items.ToArray(), parts.Items.ToArray());
        }
    }

    [Theory]
    [InlineData("a(?=b)", 1, "look-around")]
    [InlineData("(a)\\1", 3, "backreferences")]
    [InlineData("abc{2000}", 3, "1000")]
    [InlineData("ab[c", 2, "never closed")]
    [InlineData("ab(c", 2, "never closed")]
    [InlineData("abc)", 3, "closes no group")]
    [InlineData("x*+y", 2, "possessive")]
    [InlineData("a**", 2, "repeat of a repeat")]
    [InlineData("\\w+", 0, "rare enough")]
    [InlineData("abc\\p{Klingon}", 3, "unknown class")]
    public void Refuses_with_position_and_reason(string pattern, int position, string reason)
    {
        var e = Assert.Throws<ScanRuleException>(() => Scanner.Compile([new ScanRule { Id = "r", Pattern = pattern }]));
        Assert.Equal(("r", "pattern", position), (e.RuleId, e.Field, e.Position));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api_key", "apiKey", true)]
    [InlineData("api_key", "API-KEY", true)]
    [InlineData("apiKey", "api_key", true)]
    [InlineData("api_key", "http.request.header.api-key", true)]
    [InlineData("api_key", "a_pikey", false)]
    [InlineData("api_key", "api_keys", false)]
    [InlineData("*_secret", "clientSecret", true)]
    [InlineData("*_secret", "client_secret_id", false)]
    [InlineData("secret*", "secretValue", true)]
    [InlineData("pin", "pin", true)]
    [InlineData("pin", "user.pin", true)]
    [InlineData("pin", "spin", false)]
    [InlineData("*_token", "Bearer [REDACTED:bearer-token]", false)]
    [InlineData("bearer_token", "Bearer [REDACTED:bearer-token]", false)]
    [InlineData("secret*", "secret [REDACTED:bearer-token]", true)]
    [InlineData("pin", "[REDACTED:bearer-token].pin", true)]
    public void Matches_names_by_their_words(string key, string name, bool expected)
    {
        var scanner = Scanner.Compile([new ScanRule { Id = "r", Keys = [key] }]);
        Assert.Equal(expected ? 0 : -1, scanner.MatchName(Encoding.UTF8.GetBytes(name)));
        if (expected)
        {
            // The filter must point at it where it is searched among other units.
            byte[] units = [Scanner.UnitSeparator, .. Encoding.UTF8.GetBytes(name), Scanner.UnitSeparator];
            var candidates = new CandidateList();
            scanner.FindCandidates(units, candidates, oneUnit: true);
            Assert.True(scanner.NextAtName(candidates.Items, 0) < candidates.Count);
        }
    }

    [Fact]
    public void A_mask_is_no_finding_and_no_context()
    {
        ScanRule[] rules =
        [
            new() { Id = "header", Pattern = "(?i)bearer (\\S+)" },
            new() { Id = "key", Pattern = "(?i)api-?key\\W{0,4}(\\w{5,})" },
        ];
        Assert.Empty(Find.All(rules, "Bearer [REDACTED:header] and [REDACTED:some-api-key] = something"));
        Assert.Equal(["something"], Find.All(rules, "api-key] = something"));
    }

    [Fact]
    public void A_token_longer_than_any_match_is_masked_on()
    {
        string token = "sk-" + new string('x', 10_000);
        Assert.Equal([token], Find.All("sk-[a-z]{20,}", token + " end"));
    }

    [Theory]
    [InlineData("eyJ[\\w-]{17,}\\.", "eyJ")]
    [InlineData("(?i)key[\\s\\w.-]{0,40}(?:=|:)\\s*(\\w{10,150})['\"]", "key")]
    [InlineData("xx(?:.*[^A-Z]|[A-Z])yy", "xx")]
    public void What_is_made_to_hurt_costs_bounded_steps_or_is_masked_whole(string pattern, string unit)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 100_000)));
        var findings = new FindingList();
        ScanStatus status = Scanner.Compile([new ScanRule { Id = "r", Pattern = pattern }]).Scan(text, findings);
        Assert.True(status == ScanStatus.OverBudget || findings.Count == 0);
    }

    [Fact]
    public void Scanning_allocates_nothing_once_warm()
    {
        var scanner = Scanner.Compile([new ScanRule { Id = "a", Pattern = "sk-([a-z]{3,50})" }, new ScanRule { Id = "b", Pattern = "(?i)token=(\\w+)\\b" }]);
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("some text with sk-abcdef and token=xyz1 in it ", 1000)));
        var findings = new FindingList();
        scanner.Scan(text, findings);
        long before = GC.GetAllocatedBytesForCurrentThread();
        scanner.Scan(text, findings);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2000, findings.Count);
    }
}
