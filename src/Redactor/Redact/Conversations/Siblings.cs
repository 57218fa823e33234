using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Redactor.Locate;
using Redactor.Rules;

namespace Redactor.Redact.Conversations;

/// <summary>
/// What attributes beside an attribute say of its role and kind: <c>llm.input_messages.0.message.role</c> of <c>...message.content</c>, <c>role</c> and <c>type</c> in a
/// structured message. Every finding asks for the lists that it is in, one in another, so each is read once a payload. Reused; not thread-safe.
/// </summary>
internal sealed class Siblings
{
    private readonly Dictionary<int, Said> lists = [];
    private Said said = new();

    /// <summary>By index of a message: its name, read from JSON, which costs as much as the message is long; null: it has none.</summary>
    public Dictionary<int, byte[]?> Names { get; } = [];

    /// <summary>Forgets everything: another payload.</summary>
    public void Clear()
    {
        lists.Clear();
        Names.Clear();
    }

    /// <summary>Reads a list of attributes, unless it was before.</summary>
    /// <param name="list">Index of the message around the list, which tells it from others of the payload.</param>
    /// <param name="message">The message.</param>
    /// <param name="encoding">How it is encoded.</param>
    /// <param name="number">The number of its field that holds the attributes, in protobuf.</param>
    public void Read(int list, ReadOnlySpan<byte> message, PayloadEncoding encoding, int number)
    {
        ref Said? known = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, list, out bool wasRead);
        said = known ??= new Said();
        if (wasRead)
        {
            return;
        }

        if (encoding == PayloadEncoding.Protobuf)
        {
            ReadProtobuf(message, number);
        }
        else
        {
            ReadJson(message);
        }
    }

    /// <summary>The role that the list, or the nearest part of a dotted name, has by its role or else its type; null if it says none.</summary>
    public ConversationRole? RoleOf(string name) => Nearest(said.Roles, name) ?? Nearest(said.Kinds, name).Role;

    /// <summary>As <see cref="RoleOf"/>, what it is by its type.</summary>
    public ConversationPart? PartOf(string name) => Nearest(said.Kinds, name).Part;

    /// <summary>The name of the event that a log record is, where an attribute says it: the convention before records had a field for it.</summary>
    public string? EventName => said.EventName;

    /// <summary>What is said of a name: of the list if the name has no dots, else of the nearest part of it.</summary>
    private static T? Nearest<T>(Dictionary<string, T> told, string name)
    {
        if (told.Count == 0 || name.Length > RedactLimits.MaxConversationName)
        {
            return default;
        }

        var parts = told.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            if (parts.TryGetValue(name.AsSpan(0, dot), out T? said))
            {
                return said;
            }
        }

        return name.Contains('.', StringComparison.Ordinal) ? default : told.GetValueOrDefault("");
    }

    /// <summary>Whether an attribute of this name may say anything: few do.</summary>
    private static bool Tells(ReadOnlySpan<byte> name) => name.EndsWith("role"u8) || name.EndsWith("type"u8) || name.EndsWith("event.name"u8);

    /// <summary>Takes what an attribute says of others: of those whose name begins as its own, or of the list.</summary>
    private void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (Of(name, "role"u8) is { } withRole)
        {
            said.Roles[withRole] = ConversationText.RoleNamed(text);
        }
        else if (Of(name, "type"u8) is { } withType)
        {
            said.Kinds[withType] = (ConversationText.RoleOfType(text), ConversationText.PartNamed(text));
        }
        else if (name.SequenceEqual("event.name"u8))
        {
            said.EventName = Encoding.UTF8.GetString(text);
        }
    }

    /// <summary>Of whom an attribute says <paramref name="what"/>; empty: of the list; null: of nobody.</summary>
    private static string? Of(ReadOnlySpan<byte> name, ReadOnlySpan<byte> what)
    {
        int before = name.Length - what.Length;
        return before < 0 || before == 1 || !name.EndsWith(what) || (before > 1 && name[before - 1] != '.') ? null : before == 0 ? "" : Encoding.UTF8.GetString(name[..(before - 1)]);
    }

    private void ReadProtobuf(ReadOnlySpan<byte> message, int number)
    {
        var reader = new ProtobufReader(message, 0, message.Length);
        while (!reader.AtEnd && reader.TryRead(out WireField field))
        {
            if (field.Number == number && field.Type == WireType.Length && message.Slice(field.Start, field.Length) is var attribute
                && PlaceNames.TryReadKey(attribute, PayloadEncoding.Protobuf, out ReadOnlySpan<byte> key) && Tells(key)
                && PlaceNames.TryReadAttribute(attribute, out _, out ReadOnlySpan<byte> text))
            {
                Add(key, text);
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
                    && attribute.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.Object
                    && value.TryGetProperty("stringValue", out JsonElement text) && text.ValueKind == JsonValueKind.String)
                {
                    Add(Written(key), Written(text));
                }
            }
        }
    }

    /// <summary>A string as it is written: names and roles have no escapes, and others need not be valid text.</summary>
    private static ReadOnlySpan<byte> Written(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];

    /// <summary>What one list says.</summary>
    private sealed class Said
    {
        public Dictionary<string, ConversationRole?> Roles { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, (ConversationRole? Role, ConversationPart? Part)> Kinds { get; } = new(StringComparer.Ordinal);

        public string? EventName { get; set; }
    }
}
