namespace Redactor.Configuration;

/// <summary>The section <c>views</c>: what becomes of text that is encoded deeper, in more pieces or at greater cost than is read.</summary>
internal static class ViewsSection
{
    private static readonly Dictionary<string, bool> Refuses = new() { ["mask"] = false, ["refuse"] = true };

    /// <summary>Whether records with such text are refused; false where the section is missing: it is masked.</summary>
    public static bool Read(YamlSection root)
    {
        if (root.Section("views") is not { } section)
        {
            return false;
        }

        bool refuses = section.Choice("over_budget", Refuses) ?? false;
        section.Close();
        return refuses;
    }
}
