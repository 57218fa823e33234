using System.Text;
using Redactor.Cli;
using Redactor.Rules;
using Redactor.Tests.Redact;
using Redactor.Tests.Rules;

namespace Redactor.Tests.Cli;

public sealed class ExplainTextTests
{
    private static readonly RuleSet Rules = RuleText.Compile("""
        - {id: acme, title: Acme key, pattern: 'acme_([a-z0-9]{8})'}
        - {id: wide, pattern: 'acme_[a-z0-9]{8}'}
        - {id: lively, pattern: 'lively_[a-z]{8}', entropy: 3}
        - {id: counted, pattern: 'counted=[0-9]{16}', check: luhn}
        - {id: close, pattern: 'close_[a-z]{4}', near: {words: [visa, card], within: 10}}
        - {id: worded, pattern: 'worded_[a-z]{4}', keywords: [_ab, _cd]}
        - {id: trial, pattern: 'trial_[a-z0-9]{8}', status: shadow}
        - {id: long, pattern: 'long_.{4,60}[0-9]'}
        - {id: masked, pattern: 'masked=([^ ]{4,40})'}
        - {id: named, keys: [x-api-key]}
        """);

    [Theory]
    [InlineData("a acme_12345678", "acme (test.yaml:1) Acme key\n  1:8, 8 bytes: accepted\n")]
    [InlineData("a acme_12345678", "wide (test.yaml:2)\n  1:3, 13 bytes: accepted; acme stands before it and gives the label\n")]
    [InlineData("long_abcdefghijklmnopqrst.", "long (test.yaml:8)\n  no match (1 place looked at)\n")]
    [InlineData("\nlively_aaaabbbb", "  2:1, 15 bytes: left: entropy 2.71 < 3.00\n")]
    [InlineData("counted=1234123412341234", "  1:1, 24 bytes: left: check luhn failed\n")]
    [InlineData("close_abcd", "  1:1, 10 bytes: left: none of the words visa, card within 10 bytes\n")]
    [InlineData("visa close_abcd", "  1:6, 10 bytes: accepted\n")]
    [InlineData("worded_xxxx", "  1:1, 11 bytes: left: holds none of the keywords _ab, _cd\n")]
    [InlineData("trial_12345678", "  1:1, 14 bytes: accepted, and only counted: the rule has status shadow\n")]
    [InlineData("masked=[REDACTED:acme]", "  1:8, 15 bytes: left: inside a mask\n")]
    [InlineData("X-Api-Key: 1", "named (test.yaml:10)\n  the name in front of the text is one of its keys")]
    [InlineData("plain", "0 of 10 rules saw something to look at\ntext: plain\n")]
    public void Each_rule_that_looked_says_what_it_decided_and_why(string text, string expected) =>
        Assert.Contains(expected, Explain(text), StringComparison.Ordinal);

    [Fact]
    public void A_finding_in_a_decoded_text_names_the_view()
    {
        string text = Convert.ToBase64String(Encoding.UTF8.GetBytes($"the canary {RedactTesting.Canary} sings"));
        string explained = ExplainText.Write(Encoding.UTF8.GetBytes(text), RedactTesting.TestRules);

        Assert.Contains("view 1, base64 decoded, 38 bytes:\ncanary (:0)\n  1:12, 21 bytes: accepted", explained, StringComparison.Ordinal);
        Assert.DoesNotContain(RedactTesting.Canary, explained, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_is_shown_as_it_leaves() =>
        Assert.EndsWith("2 of 10 rules saw something to look at\ntext: a [REDACTED:acme] b\n", Explain("a acme_12345678 b\n"), StringComparison.Ordinal);

    [Fact]
    public void Nothing_that_is_masked_is_shown() =>
        Assert.DoesNotContain("12345678", Explain("a acme_12345678 acme_12345678"), StringComparison.Ordinal);

    [Fact]
    public void Rejected_matches_that_overlap_are_told_once() =>
        Assert.Single(Explain("lively_aaaaaaaaaaaaaaaaaaaaaa").Split('\n'), line => line.Contains("entropy", StringComparison.Ordinal));

    [Fact]
    public void What_is_explained_is_what_a_scan_finds()
    {
        byte[] text = Encoding.UTF8.GetBytes("acme_12345678 visa close_abcd lively_abcdefgh trial_12345678 counted=1234123412341234");
        var findings = new Redactor.Scanning.FindingList();
        Rules.Scanner.Scan(text, findings);

        Assert.Equal(
            findings.Items.ToArray(),
            Rules.Scanner.Explain(text).SelectMany(e => e.Matches).Where(m => m.Judgement == Scanning.Judging.Judgement.Accepted).Select(m => m.Value).OrderBy(f => f.Start).ThenBy(f => f.Rule));
    }

    private static string Explain(string text) => ExplainText.Write(Encoding.UTF8.GetBytes(text), Rules);
}
