using System.Text;
using Redactor.Rules;
using YamlDotNet.RepresentationModel;

namespace Redactor.Configuration;

/// <summary>The section <c>masking</c>: the keys of fingerprints.</summary>
internal static class MaskingSection
{
    /// <summary>Null where no key is configured.</summary>
    public static HashKeys? Read(YamlSection root)
    {
        if (root.Section("masking") is not { } section)
        {
            return null;
        }

        var current = ReadKey(section, "hash_key");
        var previous = ReadKey(section, "previous_hash_key");
        if (section.Find("previous_hash_key") is not null && section.Find("hash_key") is null)
        {
            section.Mistake("previous_hash_key", $"{section.PathOf("previous_hash_key")} has no successor; add {section.PathOf("hash_key")}, or name it so");
        }

        if (current is not null && previous is not null && (current.Id.Length == 0 || previous.Id.Length == 0 || current.Id == previous.Id))
        {
            section.Mistake("previous_hash_key", "while a key is replaced, labels carry both fingerprints: give both keys an id, and different ones, such as k1 and k2");
        }

        section.Close();
        return current is null ? null : new HashKeys(current, previous);
    }

    private static HashKey? ReadKey(YamlSection masking, string key)
    {
        if (masking.Section(key) is not { } section)
        {
            return null;
        }

        var id = section.Find("id") is null ? "" : section.Text("id");
        if (id is { Length: > 0 } && !HashKey.IsId(id))
        {
            section.Refuse("id", "a lower-case letter and at most seven more letters or digits, such as k1");
        }

        var value = section.Text("value");
        switch (section.Find("value"))
        {
            case null:
                section.Mistake("value", $"{section.PathOf("value")} is missing; write ${{file:PATH}} or ${{env:NAME}}, made by: openssl rand -hex 32");
                break;
            case YamlScalarNode written when References.LiteralPart(written.Value ?? "").Length > 0:
                section.Mistake("value", $"{section.PathOf("value")} stands in the file; write ${{file:PATH}} or ${{env:NAME}}");
                return null;
            case not null when value is not null && Encoding.UTF8.GetByteCount(value) < HashKey.MinLength:
                section.Mistake("value", $"{section.PathOf("value")} is shorter than {HashKey.MinLength} bytes; make one by: openssl rand -hex 32");
                break;
        }

        section.Close();
        return id is null || value is null ? null : new HashKey(id, value);
    }
}
