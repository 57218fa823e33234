using System.Security.Cryptography;
using Redactor.Rules;

namespace Redactor.Configuration;

/// <summary>The section <c>rules.allow</c>: values that are never masked.</summary>
internal static class AllowSection
{
    /// <summary>Null where the section is missing or wrong.</summary>
    public static AllowList? Read(YamlSection rules)
    {
        if (rules.Section("allow") is not { } section)
        {
            return null;
        }

        var patterns = section.Texts("patterns") ?? [];
        var hashes = section.Texts("sha256") ?? [];
        section.Close();
        bool valid = true;
        foreach (var (text, node) in patterns)
        {
            if (AllowList.Validate(text) is { } wrong)
            {
                valid = false;
                section.Context.Mistakes.Add(node, $"{section.PathOf("patterns")}: {wrong}");
            }
        }

        foreach (var (text, node) in hashes)
        {
            if (text.Length != 2 * SHA256.HashSizeInBytes || !text.All(char.IsAsciiHexDigit))
            {
                valid = false;
                section.Context.Mistakes.Add(node, $"{section.PathOf("sha256")} lists {2 * SHA256.HashSizeInBytes} hex digits each; make them by: printf %s VALUE | sha256sum");
            }
        }

        return valid ? AllowList.Create([.. patterns.Select(p => p.Text)], [.. hashes.Select(h => h.Text)]) : null;
    }
}
