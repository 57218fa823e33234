using Redactor.Rules;

namespace Redactor.Configuration;

/// <summary>The section <c>conversations</c>: what is done with what people, models and tools say.</summary>
internal static class ConversationsSection
{
    public static ConversationPolicy Read(YamlSection root)
    {
        if (root.Section("conversations") is not { } section)
        {
            return ConversationPolicy.None;
        }

        var hide = section.Sections("hide").Select(ReadHidden).ToList();
        var policies = section.Sections("policies").Select(ReadPolicy).ToList();
        section.Close();
        return new ConversationPolicy(hide) { File = section.Context.Mistakes.File, Policies = policies };
    }

    private static ConversationContents ReadHidden(YamlSection section)
    {
        var contents = ReadContents(section);
        section.Close();
        return contents;
    }

    private static ContentPolicy ReadPolicy(YamlSection section)
    {
        var policy = new ContentPolicy(ReadContents(section), RuleSelectionSection.Read(section), (int)section.Node.Start.Line, (int)section.Node.Start.Column)
        {
            Status = section.Choice("status", RuleWords.OverrideStatuses),
            Mask = section.Choice("mask", RuleWords.Masks),
        };
        section.Close();
        if (section.Find("status") is null && section.Find("mask") is null)
        {
            Refuse(section, "changes nothing; add status or mask, or put the contents under hide");
        }
        else if (policy.Status is OverrideStatus.Off or OverrideStatus.Shadow && policy.Rules.IsAll)
        {
            Refuse(section, "would let everything through; say by ids, tags or files which rules it is for");
        }

        return policy;
    }

    private static ConversationContents ReadContents(YamlSection section)
    {
        if (section.Texts("roles") is null or [] && section.Texts("parts") is null or [])
        {
            Refuse(section, $"names no contents; add roles ({Parse.NamesOf<ConversationRole>()}) or parts ({Parse.NamesOf<ConversationPart>()})");
        }

        return new ConversationContents(section.Names<ConversationRole>("roles"), section.Names<ConversationPart>("parts"));
    }

    private static void Refuse(YamlSection section, string message) => section.Context.Mistakes.Add(section.Node, $"{section.PathOf("").TrimEnd('.')} {message}");
}
