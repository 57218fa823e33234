using Redactor.Rules;

namespace Redactor.Configuration;

/// <summary>The settings <c>ids</c>, <c>tags</c> and <c>files</c>, by which overrides and policies say which rules they are for.</summary>
internal static class RuleSelectionSection
{
    public static RuleSelection Read(YamlSection section) => new(
        Targets(section, "ids"),
        Targets(section, "tags"),
        [.. Targets(section, "files").Select(file => file with { Text = Path.GetFullPath(Path.Combine(section.Context.Directory, file.Text)) })]);

    private static List<RuleTarget> Targets(YamlSection section, string key) =>
        [.. (section.Texts(key) ?? []).Select(t => new RuleTarget(t.Text, (int)t.Node.Start.Line, (int)t.Node.Start.Column))];
}
