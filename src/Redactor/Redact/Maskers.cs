using System.Runtime.CompilerServices;
using Redactor.Rules;

namespace Redactor.Redact;

/// <summary>The masks of a rule set, a mask a rule; made once for each rule set.</summary>
internal sealed class Maskers
{
    private static readonly ConditionalWeakTable<RuleSet, Maskers> ByRuleSet = [];
    private static readonly LabelMasker OverBudget = new(Labels.OverBudgetId);
    private readonly RuleSet rules;
    private readonly Masker[] byRule;
    private readonly byte[][] labels;

    private Maskers(RuleSet rules)
    {
        this.rules = rules;
        byRule = [.. rules.Rules.Select(rule => Create(rule, rules.HashKeys))];
        labels = [.. rules.Rules.Select(r => System.Text.Encoding.UTF8.GetBytes(r.Id))];
    }

    /// <summary>The masks of <paramref name="rules"/>.</summary>
    public static Maskers For(RuleSet rules) => ByRuleSet.GetValue(rules, static r => new Maskers(r));

    /// <summary>The mask of a rule; of a negative one, that of a unit over budget.</summary>
    public Masker this[int rule] => rule < 0 ? OverBudget : byRule[rule];

    /// <summary>Whether findings of <paramref name="rule"/> are only counted.</summary>
    public bool IsShadow(int rule) => rules.Scanner.Rules[rule].Shadow;

    /// <summary>The mask that <paramref name="rule"/> asks for.</summary>
    public Mask KindOf(int rule) => rule < 0 ? Mask.Label : rules.Rules[rule].Mask;

    /// <summary>The id in the label of a rule; of a negative one, that of a unit over budget.</summary>
    public ReadOnlySpan<byte> IdOf(int rule) => rule < 0 ? "over-budget"u8 : labels[rule];

    private static Masker Create(Rule rule, HashKeys? keys) => rule.Mask switch
    {
        Mask.Full => new FullMasker(),
        Mask.Last4 => new Last4Masker(rule.Id),
        Mask.Hash => new HashMasker(rule.Id, keys ?? throw new InvalidOperationException($"Rule {rule.Id}: mask 'hash' without a key must not be loaded.")),
        _ => new LabelMasker(rule.Id),
    };
}
