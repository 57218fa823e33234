namespace Redactor.Rules;

/// <summary>What the configuration changes about rules in some contents of conversations. What is null stays as it is elsewhere.</summary>
/// <param name="Contents">The contents that it is for.</param>
/// <param name="Rules">The rules that it is for. Known secrets are never among them: they are masked wherever they are.</param>
/// <param name="Line">Where it begins in the configuration file, from 1.</param>
/// <param name="Column">As <paramref name="Line"/>.</param>
public sealed record ContentPolicy(ConversationContents Contents, RuleSelection Rules, int Line, int Column)
{
    /// <summary>Whether the rules take part there, and mask.</summary>
    public OverrideStatus? Status { get; init; }

    /// <summary>What takes the place of a finding there.</summary>
    public Mask? Mask { get; init; }
}
