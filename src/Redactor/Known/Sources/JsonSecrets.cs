using System.Text.Json;

namespace Redactor.Known.Sources;

/// <summary>Every string in a JSON document, or in one member of it, is a secret; its name are the names of the members that lead to it.</summary>
internal static class JsonSecrets
{
    /// <summary>Reads a document.</summary>
    /// <param name="json">UTF-8 JSON in the list's memory.</param>
    /// <param name="member">The names of the members, from the outside in, that lead to the secrets; none for all of the document.</param>
    /// <param name="secrets">Receives them.</param>
    /// <exception cref="SecretSourceException">It is no JSON, or the member is missing.</exception>
    public static void Read(ReadOnlyMemory<byte> json, IReadOnlyList<string> member, SecretList secrets)
    {
        try
        {
            if (!ReadMembers(json, member, secrets))
            {
                throw new SecretSourceException($"the answer has no member {string.Join('.', member)}");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Their messages quote the text.
            throw new SecretSourceException($"the answer is no JSON of at most {KnownLimits.MaxJsonDepth} levels");
        }
    }

    private static bool ReadMembers(ReadOnlyMemory<byte> json, IReadOnlyList<string> member, SecretList secrets)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = KnownLimits.MaxJsonDepth });
        string?[] names = new string?[KnownLimits.MaxJsonDepth + 1];
        bool found = member.Count == 0;
        while (reader.Read())
        {
            int depth = reader.CurrentDepth;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    names[depth + 1] = null;
                    break;
                case JsonTokenType.PropertyName:
                    names[depth] = reader.GetString();
                    found |= IsWithin(names, depth, member);
                    break;
                case JsonTokenType.String when IsWithin(names, depth, member):
                    secrets.Add(string.Join('-', names[(1 + member.Count)..(depth + 1)].OfType<string>()), Value(json, ref reader, secrets.Memory));
                    break;
            }
        }

        return found;
    }

    private static bool IsWithin(string?[] names, int depth, IReadOnlyList<string> member) => depth >= member.Count && names[1..(member.Count + 1)].SequenceEqual(member);

    private static ReadOnlyMemory<byte> Value(ReadOnlyMemory<byte> json, ref Utf8JsonReader reader, SecretMemory memory)
    {
        if (!reader.ValueIsEscaped)
        {
            return json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        }

        var plain = memory.Take(reader.ValueSpan.Length);
        return plain[..reader.CopyString(plain.Span)];
    }
}
