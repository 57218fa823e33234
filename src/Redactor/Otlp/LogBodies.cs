using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;

namespace Redactor.Otlp;

/// <summary>
/// Single logs that are no OTLP from and to OTLP, as the collector's Kafka receiver and exporter do it: a text, bytes or any JSON value
/// is the body of one log record; on the way back only bodies are kept.
/// </summary>
public static class LogBodies
{
    /// <summary>Parsers of protobuf stop at 100 messages in one another, and a JSON object becomes three: deeper JSON stays text.</summary>
    private const int MaxNesting = 30;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxNesting };

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A request of one log record.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="observed">Nanoseconds since 1970; 0 for unknown.</param>
    public static ReadOnlyMemory<byte> FromText(ReadOnlySpan<byte> text, ulong observed) =>
        Request(new AnyValue { StringValue = Encoding.UTF8.GetString(text) }, observed);

    /// <inheritdoc cref="FromText"/>
    public static ReadOnlyMemory<byte> FromBytes(ReadOnlySpan<byte> bytes, ulong observed) =>
        Request(new AnyValue { BytesValue = ByteString.CopyFrom(bytes) }, observed);

    /// <summary>A request of one log record whose body has the structure of a JSON value; what can't be taken apart is its text.</summary>
    public static ReadOnlyMemory<byte> FromJson(ReadOnlyMemory<byte> json, ulong observed)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Reading);
            return Request(FromJson(document.RootElement), observed);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Nested too deep, or a string that is not Unicode.
            return FromText(json.Span, observed);
        }
    }

    /// <summary>The bodies of all log records of a request in protobuf; false if the bytes aren't one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> request, out IReadOnlyList<AnyValue> bodies)
    {
        try
        {
            bodies = [.. ExportLogsServiceRequest.Parser.ParseFrom(request).ResourceLogs.SelectMany(r => r.ScopeLogs).SelectMany(s => s.LogRecords).Select(r => r.Body ?? new AnyValue())];
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            bodies = [];
            return false;
        }
    }

    /// <summary>A body as JSON; bytes become base64.</summary>
    public static byte[] ToJson(AnyValue body)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Writing))
        {
            Write(writer, body);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>A body as bytes: text and bytes as they are, everything else as JSON.</summary>
    public static byte[] ToBytes(AnyValue body) => body.ValueCase switch
    {
        AnyValue.ValueOneofCase.None => [],
        AnyValue.ValueOneofCase.StringValue => Encoding.UTF8.GetBytes(body.StringValue),
        AnyValue.ValueOneofCase.BytesValue => body.BytesValue.ToByteArray(),
        _ => ToJson(body),
    };

    private static ReadOnlyMemory<byte> Request(AnyValue body, ulong observed) => new ExportLogsServiceRequest
    {
        ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { new LogRecord { Body = body, ObservedTimeUnixNano = observed } } } } } },
    }.ToByteArray();

    private static AnyValue FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new AnyValue { StringValue = json.GetString() },
        JsonValueKind.True or JsonValueKind.False => new AnyValue { BoolValue = json.GetBoolean() },
        JsonValueKind.Number when json.TryGetInt64(out var whole) => new AnyValue { IntValue = whole },
        JsonValueKind.Number => new AnyValue { DoubleValue = json.GetDouble() },
        JsonValueKind.Array => new AnyValue { ArrayValue = new ArrayValue { Values = { json.EnumerateArray().Select(FromJson) } } },
        JsonValueKind.Object => new AnyValue { KvlistValue = new KeyValueList { Values = { json.EnumerateObject().Select(m => new KeyValue { Key = m.Name, Value = FromJson(m.Value) }) } } },
        _ => new AnyValue(),
    };

    private static void Write(Utf8JsonWriter writer, AnyValue? value)
    {
        switch (value?.ValueCase)
        {
            case AnyValue.ValueOneofCase.StringValue:
                writer.WriteStringValue(value.StringValue);
                break;
            case AnyValue.ValueOneofCase.BytesValue:
                writer.WriteBase64StringValue(value.BytesValue.Span);
                break;
            case AnyValue.ValueOneofCase.BoolValue:
                writer.WriteBooleanValue(value.BoolValue);
                break;
            case AnyValue.ValueOneofCase.IntValue:
                writer.WriteNumberValue(value.IntValue);
                break;
            case AnyValue.ValueOneofCase.DoubleValue when double.IsFinite(value.DoubleValue):
                writer.WriteNumberValue(value.DoubleValue);
                break;
            case AnyValue.ValueOneofCase.DoubleValue:
                writer.WriteStringValue(value.DoubleValue.ToString(CultureInfo.InvariantCulture));
                break;
            case AnyValue.ValueOneofCase.ArrayValue:
                writer.WriteStartArray();
                foreach (var item in value.ArrayValue.Values)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case AnyValue.ValueOneofCase.KvlistValue:
                writer.WriteStartObject();
                foreach (var pair in value.KvlistValue.Values)
                {
                    writer.WritePropertyName(pair.Key);
                    Write(writer, pair.Value);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
