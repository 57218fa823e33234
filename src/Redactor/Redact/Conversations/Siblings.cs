using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Redactor.Locate;

namespace Redactor.Redact.Conversations;

/// <summary>
/// What attributes beside an attribute say of its role and kind: <c>llm.input_messages.0.message.role</c> of <c>...message.content</c>, <c>role</c> and <c>type</c> in a
/// structured message. Neighbours ask for the same list, so the last one that was read is kept. Reused; not thread-safe.
/// </summary>
internal sealed class Siblings
{
    private const string Role = "role";
    private const string Kind = "type";
    private const string Event = "event.name";

    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private int last = -1;

    /// <summary>Forgets everything: another payload.</summary>
    public void Clear() => last = -1;

    /// <summary>Reads a list of attributes, unless it is the last one that was.</summary>
    /// <param name="list">Index of the message around the list, which tells it from others of the payload.</param>
    /// <param name="message">The message.</param>
    /// <param name="encoding">How it is encoded.</param>
    /// <param name="number">The number of its field that holds the attributes, in protobuf.</param>
    public void Read(int list, ReadOnlySpan<byte> message, PayloadEncoding encoding, int number)
    {
        if (list == last)
        {
            return;
        }

        last = list;
        texts.Clear();
        if (encoding == PayloadEncoding.Protobuf)
        {
            ReadProtobuf(message, number);
        }
        else
        {
            ReadJson(message);
        }
    }

    /// <summary>The role that the list, or the nearest part of a dotted name, has; null if it says none.</summary>
    public string? RoleOf(string name) => TextOf(name, Role);

    /// <summary>As <see cref="RoleOf"/>, its kind.</summary>
    public string? KindOf(string name) => TextOf(name, Kind);

    /// <summary>The name of the event that a log record is, where an attribute says it: the convention before records had a field for it.</summary>
    public string? EventName => texts.GetValueOrDefault(Event);

    private string? TextOf(string name, string what)
    {
        if (!name.Contains('.', StringComparison.Ordinal))
        {
            return texts.GetValueOrDefault(what);
        }

        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            if (texts.TryGetValue($"{name.AsSpan(0, dot)}.{what}", out string? text))
            {
                return text;
            }
        }

        return null;
    }

    private static bool Tells(ReadOnlySpan<byte> name) => name.SequenceEqual("role"u8) || name.SequenceEqual("type"u8) || name.EndsWith(".role"u8) || name.EndsWith(".type"u8) || name.SequenceEqual("event.name"u8);

    private void ReadProtobuf(ReadOnlySpan<byte> message, int number)
    {
        var reader = new ProtobufReader(message, 0, message.Length);
        while (!reader.AtEnd && reader.TryRead(out WireField field))
        {
            if (field.Number == number && field.Type == WireType.Length
                && PlaceNames.TryReadAttribute(message.Slice(field.Start, field.Length), out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> text) && Tells(key))
            {
                texts[Encoding.UTF8.GetString(key)] = Encoding.UTF8.GetString(text);
            }
        }
    }

    private void ReadJson(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = LocateLimits.MaxNesting + 1 });
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        foreach (string member in (ReadOnlySpan<string>)["attributes", "values"])
        {
            if (!document.RootElement.TryGetProperty(member, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            foreach (JsonElement attribute in list.EnumerateArray())
            {
                if (attribute.ValueKind == JsonValueKind.Object && attribute.TryGetProperty("key", out JsonElement key) && key.ValueKind == JsonValueKind.String
                    && Tells(Written(key)) && attribute.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.Object
                    && value.TryGetProperty("stringValue", out JsonElement text) && text.ValueKind == JsonValueKind.String)
                {
                    texts[Encoding.UTF8.GetString(Written(key))] = Encoding.UTF8.GetString(Written(text));
                }
            }
        }
    }

    /// <summary>A string as it is written: names and roles have no escapes, and others need not be valid text.</summary>
    private static ReadOnlySpan<byte> Written(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];
}
