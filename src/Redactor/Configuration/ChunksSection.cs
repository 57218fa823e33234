namespace Redactor.Configuration;

/// <summary>The section <c>chunks</c>: what is done about text that comes in pieces.</summary>
internal static class ChunksSection
{
    /// <summary>How far requests are held back; null where nothing says so.</summary>
    public static HoldOptions? Read(YamlSection root)
    {
        if (root.Section("chunks") is not { } section)
        {
            return null;
        }

        HoldOptions? options = null;
        if (section.Section("hold_back") is { } hold)
        {
            var wait = hold.Value("max_wait", Parse.DurationUpTo(HoldOptions.GreatestWait), "a duration of at most 30s, such as 2s; senders give up after 10s or 30s and send again");
            var size = hold.Mebibytes("max_size_mib", HoldOptions.GreatestMib);
            hold.Close();
            options = new HoldOptions(wait ?? HoldOptions.DefaultWait, size ?? HoldOptions.DefaultBytes);
        }

        section.Close();
        return options;
    }
}
