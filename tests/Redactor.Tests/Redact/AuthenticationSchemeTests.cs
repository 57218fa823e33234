using System.Text;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Tests.Redact;

public sealed class AuthenticationSchemeTests
{
    private static readonly RuleSet Rules = RuleSet.Create(
        [
            new Rule { Scan = new ScanRule { Id = "header", Keys = ["authorization"] }, Tags = ["header"] },
            new Rule { Scan = new ScanRule { Id = "field", Keys = ["password"] } },
            RedactTesting.Rule("scheme-too", "bearer cnry"),
        ],
        "test");

    [Theory]
    [InlineData("""{"authorization":"Bearer abc"}""", """{"authorization":"Bearer [REDACTED:header]"}""")]
    [InlineData("""{"authorization":["basic  YTpi","Digest a=\"b\", c=d"]}""", """{"authorization":["basic  [REDACTED:header]","Digest [REDACTED:header]"]}""")]
    [InlineData("""{"authorization":"abc def"}""", """{"authorization":"[REDACTED:header]"}""")]
    [InlineData("""{"authorization":"Bearer"}""", """{"authorization":"[REDACTED:header]"}""")]
    [InlineData("""{"authorization":"Bearer "}""", """{"authorization":"[REDACTED:header]"}""")]
    [InlineData("""{"password":"Basic instinct"}""", """{"password":"[REDACTED:field]"}""")]
    [InlineData("""{"authorization":"bearer cnry"}""", """{"authorization":"[REDACTED:header]"}""")]
    public void The_scheme_of_a_header_stays_unless_something_else_masks_it(string json, string expected) => Assert.Equal(expected, Redact(json));

    [Theory]
    [InlineData("""{"authorization":"Bearer [REDACTED:header]"}""")]
    [InlineData("""{"authorization":"Digest [REDACTED:other-hop:9f2c41d0a1b2]"}""")]
    public void What_is_masked_behind_its_scheme_stays_as_it_is(string json) => Assert.Equal(json, Redact(json));

    private static string Redact(string json) => Encoding.UTF8.GetString(JsonRedactor.Redact(Encoding.UTF8.GetBytes(json), Rules).Bytes.Span);
}
