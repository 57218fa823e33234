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

    // A span has its ids in fields 1 and 2, a log record in 9 and 10; they have 16 and 8 bytes.
    private const int LogTrace = 9;
    private const int LogSpan = 10;
    private const int TraceIdLength = 16;
    private const int SpanIdLength = 8;

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = LocateLimits.MaxNesting + 1 };

    /// <summary>The <c>service.name</c> of a ResourceSpans, ResourceLogs and so on; null if there is none that can be read.</summary>
    public static string? ServiceOf(ReadOnlySpan<byte> message, PayloadEncoding encoding) => AttributeOf(message, encoding, "service.name");

    /// <summary>The service and the environment of a ResourceSpans, ResourceLogs and so on; null for what can't be read.</summary>
    public static (string? Service, string? Environment) ResourceOf(ReadOnlySpan<byte> message, PayloadEncoding encoding) =>
        (ServiceOf(message, encoding), AttributeOf(message, encoding, "deployment.environment.name") ?? AttributeOf(message, encoding, "deployment.environment"));

    /// <summary>The ids of a span, or those that a log record names, in hex; null for what is not there, or no id.</summary>
    public static (string? Trace, string? Span) TraceOf(ReadOnlySpan<byte> record, PayloadEncoding encoding, Signal? signal)
    {
        if (signal is not (Signal.Traces or Signal.Logs))
        {
            return (null, null);
        }

        (int trace, int span) = signal == Signal.Traces ? (First, Second) : (LogTrace, LogSpan);
        return encoding == PayloadEncoding.Protobuf
            ? (IdOf(record, trace, TraceIdLength), IdOf(record, span, SpanIdLength))
            : (IdOf(record, "traceId", TraceIdLength), IdOf(record, "spanId", SpanIdLength));
    }

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

    /// <summary>The key of a KeyValue and its value, if that is text.</summary>
    public static bool TryReadAttribute(ReadOnlySpan<byte> attribute, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> text)
    {
        text = default;
        return TryFind(attribute, First, out key) && TryFind(attribute, Second, out ReadOnlySpan<byte> value) && TryFind(value, First, out text);
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

    private static string? AttributeOf(ReadOnlySpan<byte> message, PayloadEncoding encoding, string name) =>
        encoding == PayloadEncoding.Protobuf ? AttributeOfProtobuf(message, name) : FromJson(message, root => AttributeOfJson(root, name));

    private static string? IdOf(ReadOnlySpan<byte> record, int number, int length) =>
        TryFind(record, number, out ReadOnlySpan<byte> id) && id.Length == length ? Convert.ToHexStringLower(id) : null;

    private static string? IdOf(ReadOnlySpan<byte> record, string name, int length) =>
        FromJson(record, root => TextOf(Member(root, name))) is { } id && id.Length == 2 * length && id.All(char.IsAsciiHexDigit) ? id.ToLowerInvariant() : null;

    private static string? AttributeOfProtobuf(ReadOnlySpan<byte> message, string name)
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
                && TryReadAttribute(attribute, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> text) && Ascii.Equals(key, name))
            {
                return Encoding.UTF8.GetString(text);
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

    private static string? AttributeOfJson(JsonElement message, string name)
    {
        if (Member(Member(message, "resource"), "attributes") is not { ValueKind: JsonValueKind.Array } attributes)
        {
            return null;
        }

        foreach (JsonElement attribute in attributes.EnumerateArray())
        {
            if (TextOf(Member(attribute, "key")) == name)
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
