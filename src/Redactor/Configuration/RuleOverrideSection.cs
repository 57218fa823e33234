using Redactor.Rules;

namespace Redactor.Configuration;

/// <summary>One entry of <c>rules.overrides</c>: which rules, and what becomes of them.</summary>
internal static class RuleOverrideSection
{
    public static RuleOverride? Read(YamlSection section)
    {
        var change = new RuleOverride((int)section.Node.Start.Line, (int)section.Node.Start.Column)
        {
            Rules = RuleSelectionSection.Read(section),
            Status = section.Choice("status", RuleWords.OverrideStatuses),
            Profile = section.Choice("profile", RuleWords.Profiles),
            Mask = section.Choice("mask", RuleWords.Masks),
            Services = Texts(section, "services"),
            Only = ReadScope(section),
        };
        section.Close();
        if (change.Rules.IsAll)
        {
            Refuse("names no rules; add ids, tags or files");
        }
        else if (section.Find("status") is null && section.Find("profile") is null && section.Find("mask") is null && section.Find("only") is null)
        {
            Refuse("changes nothing; add status, profile, mask or only");
        }
        else if (change.Services.Count > 0 && (section.Find("mask") is null || change.Status is not null || change.Profile is not null || change.Only is not null))
        {
            Refuse("has services, which go with mask alone; to bound where rules take part write only: {services: [...]}");
        }

        return change;

        void Refuse(string message) => section.Context.Mistakes.Add(section.Node, $"{section.PathOf("").TrimEnd('.')} {message}");
    }

    private static RuleScope? ReadScope(YamlSection section)
    {
        if (section.Section("only") is not { } only)
        {
            return null;
        }

        var services = Texts(only, "services");
        var signals = only.Names<Signal>("signals");
        var attributes = Texts(only, "attributes");
        if (only.Find("services") is null && only.Find("signals") is null && only.Find("attributes") is null)
        {
            section.Mistake("only", $"{section.PathOf("only")} sets no bound; add services, signals or attributes");
        }

        only.Close();
        if (RuleScope.Validate(attributes) is { } wrong)
        {
            only.Mistake("attributes", $"{only.PathOf("attributes")}: {wrong}");
            return null;
        }

        return new RuleScope(services, signals, attributes);
    }

    private static List<string> Texts(YamlSection section, string key) => [.. (section.Texts(key) ?? []).Select(t => t.Text)];
}
