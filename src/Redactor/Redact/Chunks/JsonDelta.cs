using System.Globalization;
using System.Text;
using Redactor.Redact.Conversations;
using Redactor.Redact.Views;

namespace Redactor.Redact.Chunks;

/// <summary>A string in a chunk that is JSON: where it stands in the chunk, and on which path in the JSON.</summary>
internal readonly record struct DeltaString(string Path, int Start, int End);

/// <summary>
/// Chunks that are JSON themselves, as models' streams send them: <c>{"choices":[{"index":0,"delta":{"content":"sk-pr"}}]}</c>, with or without the <c>data:</c> of
/// server-sent events. What is streamed is the strings of one path.
/// </summary>
internal static class JsonDelta
{
    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>Reads the strings of a chunk; false if it is not one complete JSON object or array.</summary>
    public static bool TryRead(ReadOnlySpan<byte> chunk, List<DeltaString> strings)
    {
        strings.Clear();
        int start = chunk.Length - chunk.TrimStart(Blanks).Length;
        ReadOnlySpan<byte> json = chunk[start..];
        if (json.StartsWith("data:"u8))
        {
            json = json["data:"u8.Length..].TrimStart(Blanks);
            start = chunk.Length - json.Length;
        }

        if (json.IsEmpty || json[0] is not ((byte)'{' or (byte)'[') || !JsonTokens.LooksLikeJson(json))
        {
            return false;
        }

        var around = new Stack<string>();
        string path = "";
        ReadOnlySpan<byte> name = default;
        int element = 0;
        var tokens = new JsonTokens(json);
        while (tokens.Read())
        {
            ReadOnlySpan<byte> content = json[tokens.Start..tokens.End];
            switch (tokens.Kind)
            {
                case JsonTokenKind.Open:
                    around.Push(path);
                    path = $"{path}.{(name.Length > 0 ? Encoding.UTF8.GetString(name) : element.ToString(CultureInfo.InvariantCulture))}";
                    name = default;
                    element = 0;
                    break;
                case JsonTokenKind.Close when around.Count == 0:
                    return false;
                case JsonTokenKind.Close:
                    path = around.Pop();
                    name = default;
                    element++;
                    break;
                case JsonTokenKind.Name:
                    name = content;
                    break;
                case JsonTokenKind.Bare:
                    // Several answers at a time are told apart by their index.
                    path = name.SequenceEqual("index"u8) ? $"{path}#{Encoding.UTF8.GetString(content)}" : path;
                    name = default;
                    break;
                default:
                    if (!ConversationText.IsStructure(name))
                    {
                        strings.Add(new DeltaString($"{path}.{Encoding.UTF8.GetString(name)}", start + tokens.Start, start + tokens.End));
                    }

                    name = default;
                    break;
            }
        }

        return around.Count == 0;
    }
}
