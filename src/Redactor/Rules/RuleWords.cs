namespace Redactor.Rules;

/// <summary>How rule files and the configuration spell the choices of a rule.</summary>
internal static class RuleWords
{
    /// <summary>The masks.</summary>
    public static IReadOnlyDictionary<string, Mask> Masks { get; } = new Dictionary<string, Mask>
    {
        ["label"] = Mask.Label,
        ["full"] = Mask.Full,
        ["last4"] = Mask.Last4,
        ["hash"] = Mask.Hash,
        ["drop-field"] = Mask.DropField,
        ["drop-record"] = Mask.DropRecord,
    };

    /// <summary>The severities.</summary>
    public static IReadOnlyDictionary<string, Severity> Severities { get; } = new Dictionary<string, Severity>
    {
        ["low"] = Severity.Low,
        ["medium"] = Severity.Medium,
        ["high"] = Severity.High,
    };

    /// <summary>The profiles.</summary>
    public static IReadOnlyDictionary<string, Profile> Profiles { get; } = new Dictionary<string, Profile>
    {
        ["default"] = Profile.Default,
        ["strict"] = Profile.Strict,
    };

    /// <summary>What a rule file can say of a rule's status: whether it is in shadow.</summary>
    public static IReadOnlyDictionary<string, bool> ShadowByStatus { get; } = new Dictionary<string, bool>
    {
        ["active"] = false,
        ["shadow"] = true,
    };

    /// <summary>What an override can make of a rule's status.</summary>
    public static IReadOnlyDictionary<string, OverrideStatus> OverrideStatuses { get; } = new Dictionary<string, OverrideStatus>
    {
        ["off"] = OverrideStatus.Off,
        ["shadow"] = OverrideStatus.Shadow,
        ["active"] = OverrideStatus.Active,
    };

    /// <summary>The word for a severity.</summary>
    public static string NameOf(Severity severity) => Severities.First(word => word.Value == severity).Key;
}
