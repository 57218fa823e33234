using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Redactor.Rules;

namespace Redactor.Redact;

/// <summary>
/// The masks of a rule set, a mask a rule, and where its rules take part; made once for each rule set, and for each service that has masks of its own. A mask is
/// made when it is first needed: there are as many as known secrets, and most are never seen.
/// </summary>
internal sealed class Maskers
{
    /// <summary>The tag of rules that name headers: what precedes the credentials in such a value, <c>Bearer</c>, is not masked with them.</summary>
    private const string HeaderTag = "header";

    private static readonly ConditionalWeakTable<RuleSet, Maskers> ByRuleSet = [];
    private static readonly LabelMasker OverBudget = new(Labels.OverBudgetId);
    private static readonly LabelMasker Hidden = new(Labels.HiddenId);
    private static readonly LabelMasker Open = new(Labels.OpenId);
    private readonly RuleSet rules;
    private readonly Masker?[] byRule;
    private readonly Mask[] kinds;
    private readonly bool[] forHeaders;
    private readonly FrozenDictionary<string, Maskers> byService;
    private readonly ConcurrentDictionary<(int Rule, Mask Mask), Masker> chosen = [];

    private Maskers(RuleSet rules, string? service = null)
    {
        this.rules = rules;
        kinds = [.. rules.Rules.Select(rule => service is not null && rule.MaskByService.TryGetValue(service, out Mask mask) ? mask : rule.Mask)];
        byRule = new Masker?[kinds.Length];
        forHeaders = [.. rules.Rules.Select(rule => rule.Tags.Contains(HeaderTag))];
        Scoped = [.. rules.Rules.Index().Where(r => r.Item.Scope is not null).Select(r => (r.Index, r.Item.Scope!))];
        byService = service is not null ? FrozenDictionary<string, Maskers>.Empty
            : rules.Rules.SelectMany(rule => rule.MaskByService.Keys).Distinct().ToFrozenDictionary(name => name, name => new Maskers(rules, name));
    }

    /// <summary>The rules that do not take part everywhere.</summary>
    public IReadOnlyList<(int Rule, RuleScope Scope)> Scoped { get; }

    /// <summary>Whether what happens to a finding depends on where it is.</summary>
    public bool DependOnPlace => Scoped.Count > 0 || byService.Count > 0;

    /// <summary>The masks of <paramref name="rules"/>.</summary>
    public static Maskers For(RuleSet rules) => ByRuleSet.GetValue(rules, static r => new Maskers(r));

    /// <summary>The mask of a rule; of a negative one, that of a unit over budget, of a hidden content or of the end of a stream.</summary>
    public Masker this[int rule] => rule >= 0 ? byRule[rule] ??= Create(rules.Rules[rule].Id, kinds[rule], rules.HashKeys) : rule switch { MaskedRange.Hidden => Hidden, MaskedRange.Open => Open, _ => OverBudget };

    /// <summary>The mask for a range: what a policy for the content asks for, or else its rule.</summary>
    public Masker Of(in MaskedRange range) => range.Chosen is { } mask && range.Rule >= 0
        ? chosen.GetOrAdd((range.Rule, mask), static (key, rules) => Create(rules.Rules[key.Rule].Id, key.Mask, rules.HashKeys), rules)
        : this[range.Rule];

    /// <summary>What becomes of rules in contents of conversations; null: nothing else than everywhere.</summary>
    public ContentRules? Contents => rules.Contents;

    /// <summary>Whether findings of <paramref name="rule"/> are only counted.</summary>
    public bool IsShadow(int rule) => rules.Scanner.Rules[rule].Shadow;

    /// <summary>The mask that <paramref name="rule"/> asks for.</summary>
    public Mask KindOf(int rule) => rule < 0 ? Mask.Label : kinds[rule];

    /// <summary>Whether <paramref name="rule"/> names headers, in which an authentication scheme may precede the secret.</summary>
    public bool IsForHeaders(int rule) => forHeaders[rule];

    /// <summary>The masks for a service; these, if it has none of its own.</summary>
    public Maskers OfService(string? service) => service is not null && byService.TryGetValue(service, out Maskers? own) ? own : this;

    /// <summary>Whether the configuration says that <paramref name="value"/> is never masked.</summary>
    public bool Allows(ReadOnlySpan<byte> value) => rules.Allow is { } allow && allow.Allows(value);

    /// <summary>The id in the label of a rule; of a negative one, that of a unit over budget.</summary>
    public string IdOf(int rule) => rule >= 0 ? rules.Rules[rule].Id : rule == MaskedRange.Hidden ? Labels.HiddenId : Labels.OverBudgetId;

    private static Masker Create(string id, Mask mask, HashKeys? keys) => mask switch
    {
        Mask.Full => new FullMasker(),
        Mask.Last4 => new Last4Masker(id),
        Mask.Hash => new HashMasker(id, keys ?? throw new InvalidOperationException($"Rule {id}: mask 'hash' without a key must not be loaded.")),
        _ => new LabelMasker(id),
    };
}
