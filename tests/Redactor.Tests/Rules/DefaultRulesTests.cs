using Redactor.Rules;

namespace Redactor.Tests.Rules;

/// <summary>The rules that come with the program.</summary>
public sealed class DefaultRulesTests
{
    private static readonly RuleLoad All = RuleLoad.From(new RuleSource([Path.Combine(Repository.Root, "rules", "*.yaml")], Profile.Strict));

    [Fact]
    public void They_have_no_mistakes() => Assert.Empty(All.Mistakes);

    [Fact]
    public void They_lie_beside_the_program() =>
        Assert.Equal(All.Version, RuleLoad.From(new RuleSource(RuleSource.DefaultPatterns, Profile.Strict)).Version);

    [Fact]
    public void Every_example_holds() => Assert.Empty(ExampleCheck.Run(All.Rules!));

    [Fact]
    public void Every_rule_has_at_least_two_examples_of_each_kind() =>
        Assert.All(All.Rules!.Rules, rule => Assert.True(
            rule.Examples.Count(e => e.IsMatch) >= 2 && rule.Examples.Count(e => !e.IsMatch) >= 2,
            $"{rule.File}:{rule.Line}: {rule.Id} has fewer than two match or two ignore examples"));

    [Fact]
    public void No_rule_earns_a_warning() => Assert.Empty(All.Files.SelectMany(RuleLint.Run));

    [Fact]
    public void No_rule_takes_the_label_of_all_that_a_later_one_finds() => Assert.Empty(OvershadowedRules.Find(All.Rules!));
}
