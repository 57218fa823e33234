using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Redactor.Rules;
using Redactor.Scanning.Judging;

namespace Redactor.Tests.Rules;

public sealed class ExampleTemplateTests
{
    [Theory]
    [InlineData("{alnum:40}", "^[A-Za-z0-9]{40}$")]
    [InlineData("{hex:32}", "^[0-9a-f]{32}$")]
    [InlineData("{digits:16}", "^[0-9]{16}$")]
    [InlineData("{lower:9}", "^[a-z]{9}$")]
    [InlineData("{upper:9}", "^[A-Z]{9}$")]
    [InlineData("{upper:0}x", "^x$")]
    [InlineData("{lownum:9}", "^[a-z0-9]{9}$")]
    [InlineData("{upnum:9}", "^[A-Z0-9]{9}$")]
    [InlineData("{base32:16}", "^[A-Z2-7]{16}$")]
    [InlineData("{base64:50}", "^[A-Za-z0-9+/]{50}$")]
    [InlineData("{base64url:50}", "^[A-Za-z0-9_-]{50}$")]
    [InlineData("{luhn:16:4}", "^4[0-9]{15}$")]
    [InlineData("{iban:DE:18}", "^DE[0-9]{20}$")]
    [InlineData("{iban:GB:18:NWBK}", "^GB[0-9]{2}NWBK[0-9]{14}$")]
    [InlineData("{check:luhn:digits:15:37}", "^37[0-9]{13}$")]
    [InlineData("a {hex:2} b {hex:2}", "^a [0-9a-f]{2} b [0-9a-f]{2}$")]
    public void A_fill_gives_what_it_names(string template, string pattern) =>
        Assert.Matches(pattern, ExampleTemplate.Fill(template).Text);

    [Theory]
    [InlineData("${VAR}")]
    [InlineData("${VAR:-none}")]
    [InlineData("""{"a":1}""")]
    [InlineData("{a: 1}")]
    [InlineData("{}")]
    public void Other_braces_are_plain_text(string text)
    {
        var example = ExampleTemplate.Fill(text);

        Assert.Equal(text, example.Text);
        Assert.Empty(example.Fills);
    }

    [Theory]
    [InlineData("{alhpa:40}", "unknown fill {alhpa:...}")]
    [InlineData("{hex:many}", "\"many\" is no length")]
    [InlineData("{hex:16385}", "use 0 to 16384")]
    [InlineData("{hex:4:ab}", "a fill is {hex:LENGTH}")]
    [InlineData("{luhn:16:4x}", "a Luhn fill is")]
    [InlineData("{luhn:4:123456}", "longer than the fill")]
    [InlineData("{iban:18}", "an IBAN fill is")]
    [InlineData("{check:none:digits:4}", "unknown check \"none\"")]
    [InlineData("{check:luhn:digits}", "a checked fill is")]
    [InlineData("{check:jwt:digits:4}", "give a longer prefix")]
    public void A_wrong_fill_is_refused_with_what_would_be_right(string template, string expected)
    {
        string message = Assert.Throws<FormatException>(() => ExampleTemplate.Fill(template)).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fills_are_the_same_each_time_and_different_in_each_place()
    {
        string text = ExampleTemplate.Fill("{alnum:20} {alnum:20}").Text;

        Assert.Equal(text, ExampleTemplate.Fill("{alnum:20} {alnum:20}").Text);
        Assert.NotEqual(text[..20], text[21..]);
    }

    [Fact]
    public void Fills_are_located_in_bytes()
    {
        var example = ExampleTemplate.Fill("ключ {hex:4}, {hex:2}");
        byte[] bytes = Encoding.UTF8.GetBytes(example.Text);

        Assert.Equal([9..13, 15..17], example.Fills);
        Assert.All(example.Fills, fill => Assert.DoesNotContain((byte)' ', bytes[fill]));
    }

    [Fact]
    public void Every_Luhn_fill_passes_the_check() =>
        Prop.ForAll(Gen.Choose(2, 19).ToArbitrary(), length =>
            Checks.Find("luhn")!(Encoding.UTF8.GetBytes(ExampleTemplate.Fill($"{{luhn:{Math.Max(length, 12)}:{length}}}").Text)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_IBAN_fill_leaves_one_when_divided_by_97() =>
        Prop.ForAll(Gen.Choose(1, 30).ToArbitrary(), length =>
        {
            string iban = ExampleTemplate.Fill($"{{iban:NO:{length}}}").Text;
            string digits = string.Concat((iban[4..] + iban[..4]).Select(c => char.IsDigit(c) ? c.ToString() : (c - 'A' + 10).ToString()));
            return BigInteger.Parse(digits) % 97 == 1;
        }).QuickCheckThrowOnFailure();
}
