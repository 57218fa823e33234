using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Redactor.Otlp;

/// <summary>
/// OTLP/JSON from and to protobuf. The generated types know protobuf's JSON; OTLP's differs in that trace, span and profile ids are
/// written in hexadecimal, not in base64, and enums as numbers. Ids are members of fixed names, and attributes are never members, so the
/// names alone tell them apart.
/// </summary>
public static class OtlpJson
{
    /// <summary>Greatest nesting of objects and arrays in JSON: 100 levels of messages, the default of the protobuf parsers, may have a list between any two.</summary>
    private const int MaxNesting = 200;

    private static readonly JsonParser Parser = new(new JsonParser.Settings(MaxNesting).WithIgnoreUnknownFields(true));
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatEnumsAsIntegers(true));
    private static readonly HashSet<string> IdNames = ["traceId", "spanId", "parentSpanId", "profileId"];

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxNesting };

    /// <summary>The protobuf form of an OTLP/JSON message; false if the JSON isn't one. Unknown members are left out.</summary>
    public static bool TryToProtobuf(MessageDescriptor type, ReadOnlySpan<byte> json, out ReadOnlyMemory<byte> message)
    {
        try
        {
            var rewritten = RewriteIds(json, hex => Convert.ToBase64String(Convert.FromHexString(hex)));
            message = Parser.Parse(Encoding.UTF8.GetString(rewritten.Span), type).ToByteArray();
            return true;
        }
        catch (Exception e) when (e is IOException or JsonException or FormatException or InvalidOperationException)
        {
            // Their texts quote the JSON. InvalidOperationException: a string that is not Unicode.
            message = default;
            return false;
        }
    }

    /// <summary>The OTLP/JSON form of a protobuf message; false if the bytes aren't one.</summary>
    public static bool TryFromProtobuf(MessageDescriptor type, ReadOnlySpan<byte> message, out ReadOnlyMemory<byte> json)
    {
        try
        {
            var text = Formatter.Format(type.Parser.ParseFrom(message));
            json = RewriteIds(Encoding.UTF8.GetBytes(text), base64 => Convert.ToHexStringLower(Convert.FromBase64String(base64)));
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            json = default;
            return false;
        }
    }

    /// <summary>Copies JSON with the text of every id changed.</summary>
    private static ReadOnlyMemory<byte> RewriteIds(ReadOnlySpan<byte> json, Func<string, string> rewrite)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(json.Length, 1));
        using var writer = new Utf8JsonWriter(output, Writing);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxNesting });
        for (var isId = false; reader.Read();)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var name = reader.GetString()!;
                    isId = IdNames.Contains(name);
                    writer.WritePropertyName(name);
                    continue;
                case JsonTokenType.String:
                    writer.WriteStringValue(isId ? rewrite(reader.GetString()!) : reader.GetString());
                    break;
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                default:
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }

            isId = false;
        }

        writer.Flush();
        return output.WrittenMemory;
    }
}
