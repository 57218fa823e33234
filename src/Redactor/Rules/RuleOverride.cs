namespace Redactor.Rules;

/// <summary>What an override makes of a rule's status.</summary>
public enum OverrideStatus
{
    /// <summary>The rule is left out.</summary>
    Off,

    /// <summary>It counts and masks nothing.</summary>
    Shadow,

    /// <summary>It masks.</summary>
    Active,
}

/// <summary>One change that the configuration makes to rules without touching their files. What is null stays as the rule says.</summary>
/// <param name="Line">Where it begins in the configuration file, from 1.</param>
/// <param name="Column">As <paramref name="Line"/>.</param>
public sealed record RuleOverride(int Line, int Column)
{
    /// <summary>The rules that it is for.</summary>
    public RuleSelection Rules { get; init; } = RuleSelection.All;

    /// <summary>Whether the rules take part, and mask.</summary>
    public OverrideStatus? Status { get; init; }

    /// <summary>The least profile in which the rules take part.</summary>
    public Profile? Profile { get; init; }

    /// <summary>What takes the place of a finding.</summary>
    public Mask? Mask { get; init; }

    /// <summary>The services that <see cref="Mask"/> is for; empty: all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Where the rules take part from now on.</summary>
    public RuleScope? Only { get; init; }

    /// <summary>The rule as it is with this override; null if it is left out.</summary>
    internal Rule? Apply(Rule rule)
    {
        if (Status == OverrideStatus.Off)
        {
            return null;
        }

        rule = rule with
        {
            Scan = Status is { } status ? rule.Scan with { Shadow = status == OverrideStatus.Shadow } : rule.Scan,
            Profile = Profile ?? rule.Profile,
            Scope = Only ?? rule.Scope,
        };
        if (Mask is not { } mask)
        {
            return rule;
        }

        return Services.Count == 0 ? rule with { Mask = mask } : rule with
        {
            MaskByService = new Dictionary<string, Mask>([.. rule.MaskByService.Where(old => !Services.Contains(old.Key)), .. Services.Distinct().Select(s => KeyValuePair.Create(s, mask))]),
        };
    }
}
