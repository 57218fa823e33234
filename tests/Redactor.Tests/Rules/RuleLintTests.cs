using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Tests.Rules;

public sealed class RuleLintTests
{
    private const string Quiet = "examples: {match: ['acme']}";

    [Theory]
    [InlineData("the")]
    [InlineData("ing")]
    public void A_common_keyword_that_the_filter_must_look_for_is_warned_of(string keyword)
    {
        var warning = Assert.Single(Lint($"- {{id: a, pattern: '[a-z0-9 ]{{20,40}}', keywords: [{keyword}], {Quiet}}}"));

        Assert.StartsWith($"test.yaml:1:3: a: warning: the keyword \"{keyword}\" is too common, in about ", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- {id: a, pattern: '[a-z0-9_]{20,40}', keywords: [acme_], " + Quiet + "}")]
    [InlineData("- {id: a, pattern: 'acme_[a-z]{20,40}', keywords: [the], " + Quiet + "}")]
    public void A_rare_keyword_and_one_that_only_judges_are_not(string rule) => Assert.Empty(Lint(rule));

    [Fact]
    public void A_rule_without_examples_is_warned_of_and_a_whole_file_without_any_once()
    {
        Assert.StartsWith("test.yaml:2:3: b: warning: no examples", Assert.Single(Lint($"- {{id: a, pattern: acme, {Quiet}}}\n- {{id: b, pattern: other}}")), StringComparison.Ordinal);
        Assert.StartsWith("test.yaml: warning: none of its 2 rules has examples", Assert.Single(Lint("- {id: a, pattern: acme}\n- {id: b, pattern: other}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Short_words_are_more_frequent_than_long_and_odd_ones() =>
        Assert.True(KeywordFrequency.PerMebibyte("the") > 10 * KeywordFrequency.PerMebibyte("xoxb-"));

    [Fact]
    public void A_rule_behind_one_that_finds_the_same_is_warned_of()
    {
        var warning = Assert.Single(Overshadowed("""
            - {id: wide, pattern: 'acme_[a-z0-9_]+'}
            - {id: narrow, pattern: 'acme_live_[a-z]{9}', examples: {match: ['acme_live_{lower:9}', 'x acme_live_{lower:9}.']}}
            """));

        Assert.Equal(
            "test.yaml:2:3: narrow: warning: gives the label to none of its match examples: wide (test.yaml:1), which stands before it, finds them all with the same mask; narrow that rule, put this one before it, or remove this one",
            warning);
    }

    [Theory]
    [InlineData("- {id: wide, pattern: 'acme_(?:[a-z0-9_]+)'}", "match: ['acme_live_{lower:9}', 'ACME_live_{lower:9}']", "(?i)acme_live_[a-z]{9}")]
    [InlineData("- {id: wide, pattern: 'acme_live_([a-z]+)'}", "match: ['acme_live_{lower:9}']", "acme_live_[a-z]{9}")]
    [InlineData("- {id: wide, pattern: 'acme_[a-z0-9_]+', profile: strict}", "match: ['acme_live_{lower:9}']", "acme_live_[a-z]{9}")]
    [InlineData("- {id: wide, pattern: 'acme_[a-z0-9_]+', status: shadow}", "match: ['acme_live_{lower:9}']", "acme_live_[a-z]{9}")]
    [InlineData("- {id: wide, pattern: 'acme_[a-z0-9_]+'}", "ignore: ['acme_live_{lower:8}']", "acme_live_[a-z]{9}")]
    public void A_rule_that_gives_the_label_somewhere_is_not(string first, string examples, string pattern) =>
        Assert.Empty(Overshadowed($"{first}\n- {{id: narrow, pattern: '{pattern}', examples: {{{examples}}}}}\n"));

    private static string[] Lint(string yaml) => [.. RuleLint.Run(new RuleFile("test.yaml", RuleText.Read(yaml))).Select(warning => warning.ToString())];

    private static string[] Overshadowed(string yaml) => [.. OvershadowedRules.Find(RuleText.Compile(yaml)).Select(warning => warning.ToString())];
}
