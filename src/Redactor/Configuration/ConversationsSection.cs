using Redactor.Rules;

namespace Redactor.Configuration;

/// <summary>The section <c>conversations</c>: what is done with what people, models and tools say, beside what rules find in it.</summary>
internal static class ConversationsSection
{
    public static ConversationPolicy Read(YamlSection root)
    {
        if (root.Section("conversations") is not { } section)
        {
            return ConversationPolicy.None;
        }

        var hide = section.Sections("hide").Select(ReadContents).ToList();
        section.Close();
        return new ConversationPolicy(hide);
    }

    private static ConversationContents ReadContents(YamlSection section)
    {
        var contents = new ConversationContents(Names<ConversationRole>(section, "roles"), Names<ConversationPart>(section, "parts"));
        if (section.Find("roles") is null && section.Find("parts") is null)
        {
            section.Context.Mistakes.Add(section.Node, $"{section.PathOf("").TrimEnd('.')} names no contents; add roles ({Parse.NamesOf<ConversationRole>()}) or parts ({Parse.NamesOf<ConversationPart>()})");
        }

        section.Close();
        return contents;
    }

    private static List<T> Names<T>(YamlSection section, string key)
        where T : struct, Enum
    {
        var names = new List<T>();
        foreach (var (text, node) in section.Texts(key) ?? [])
        {
            if (Parse.Name<T>(text) is { } name)
            {
                names.Add(name);
            }
            else
            {
                section.Context.Mistakes.Add(node, $"{section.PathOf(key)}: '{text}' is none; write {Parse.NamesOf<T>()}");
            }
        }

        return names;
    }
}
