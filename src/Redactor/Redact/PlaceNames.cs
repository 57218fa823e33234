using System.Text;
using System.Text.Json;
using Redactor.Locate;

namespace Redactor.Redact;

/// <summary>Reads the names that tell where in a request something is: a service's, an attribute's. The request has been walked already, so it is well-formed.</summary>
internal static class PlaceNames
{
    // A message of resource telemetry holds the resource in field 1, a resource its attributes in field 1, a KeyValue its key in field 1
    // and its value in field 2, a value its string in field 1.
    private const int First = 1;
    private const int Second = 2;

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = LocateLimits.MaxNesting + 1 };

    /// <summary>The <c>service.name</c> of a ResourceSpans, ResourceLogs and so on; null if there is none that can be read.</summary>
    public static string? ServiceOf(ReadOnlySpan<byte> message, PayloadEncoding encoding) =>
        encoding == PayloadEncoding.Protobuf ? ServiceOfProtobuf(message) : FromJson(message, ServiceOfJson);

    /// <summary>The key of a KeyValue; false if it has none that can be read, or one that stands elsewhere.</summary>
    public static bool TryReadKey(ReadOnlySpan<byte> keyValue, PayloadEncoding encoding, out ReadOnlySpan<byte> key)
    {
        if (encoding == PayloadEncoding.Protobuf)
        {
            return TryFind(keyValue, First, out key);
        }

        string? text = FromJson(keyValue, static root => TextOf(Member(root, "key")));
        key = Encoding.UTF8.GetBytes(text ?? "");
        return text is not null;
    }

    /// <summary>A string of a message by its number in protobuf and its name in JSON; false if it has none that can be read.</summary>
    public static bool TryReadText(ReadOnlySpan<byte> message, PayloadEncoding encoding, int number, string name, out ReadOnlySpan<byte> text)
    {
        if (encoding == PayloadEncoding.Protobuf)
        {
            return TryFind(message, number, out text);
        }

        string? found = FromJson(message, root => TextOf(Member(root, name)));
        text = Encoding.UTF8.GetBytes(found ?? "");
        return found is not null;
    }

    private static string? ServiceOfProtobuf(ReadOnlySpan<byte> message)
    {
        if (!TryFind(message, First, out ReadOnlySpan<byte> resource))
        {
            return null;
        }

        var reader = new ProtobufReader(resource, 0, resource.Length);
        while (!reader.AtEnd && reader.TryRead(out WireField field))
        {
            if (field is { Number: First, Type: WireType.Length }
                && resource.Slice(field.Start, field.Length) is var attribute
                && TryFind(attribute, First, out ReadOnlySpan<byte> key) && key.SequenceEqual("service.name"u8)
                && TryFind(attribute, Second, out ReadOnlySpan<byte> value) && TryFind(value, First, out ReadOnlySpan<byte> name))
            {
                return Encoding.UTF8.GetString(name);
            }
        }

        return null;
    }

    private static bool TryFind(ReadOnlySpan<byte> message, int number, out ReadOnlySpan<byte> content)
    {
        var reader = new ProtobufReader(message, 0, message.Length);
        while (!reader.AtEnd && reader.TryRead(out WireField field))
        {
            if (field.Number == number && field.Type == WireType.Length)
            {
                content = message.Slice(field.Start, field.Length);
                return true;
            }
        }

        content = default;
        return false;
    }

    private static string? ServiceOfJson(JsonElement message)
    {
        if (Member(Member(message, "resource"), "attributes") is not { ValueKind: JsonValueKind.Array } attributes)
        {
            return null;
        }

        foreach (JsonElement attribute in attributes.EnumerateArray())
        {
            if (TextOf(Member(attribute, "key")) == "service.name")
            {
                return TextOf(Member(Member(attribute, "value"), "stringValue"));
            }
        }

        return null;
    }

    private static string? FromJson(ReadOnlySpan<byte> json, Func<JsonElement, string?> read)
    {
        try
        {
            var reader = new Utf8JsonReader(json, AnyDepth);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return read(document.RootElement);
        }
        catch (InvalidOperationException)
        {
            // An escape that is no character (\ud800): a name that nobody can have configured.
            return null;
        }
    }

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out JsonElement value) ? value : null;

    private static string? TextOf(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
