using Redactor.Rules;

namespace Redactor.Configuration;

/// <summary>The section <c>rules</c>.</summary>
internal static class RulesSection
{
    public static RuleSource Read(YamlSection root)
    {
        var defaults = RedactorOptions.Default.Rules;
        if (root.Section("rules") is not { } section)
        {
            return defaults;
        }

        var files = section.Texts("files")?.Select(f => Path.GetFullPath(Path.Combine(section.Context.Directory, f.Text))).ToList();
        if (section.IsEmptyList("files"))
        {
            section.Mistake("files", "rules.files is empty; name at least one file, or leave it out for the delivered rules");
        }

        var profile = section.Value("profile", Parse.Name<Profile>, Parse.NamesOf<Profile>());
        var overrides = section.Sections("overrides").Select(RuleOverrideSection.Read).OfType<RuleOverride>().ToList();
        var allow = AllowSection.Read(section);
        section.Close();
        return new RuleSource(files ?? defaults.Patterns, profile ?? defaults.Profile)
        {
            Overrides = new RuleOverrides(section.Context.Mistakes.File, overrides),
            Allow = allow,
        };
    }
}
