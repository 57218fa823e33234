using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Redactor.Otlp;

namespace Redactor.Tests.Interop;

/// <summary>OTLP messages from and to bytes by the generated types alone: what a backend of another make would understand.</summary>
internal static class OtlpText
{
    // OTLP/JSON is protobuf's JSON but for these, which are hex instead of base64.
    private static readonly string[] HexFields = ["traceId", "spanId", "parentSpanId"];

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatEnumsAsIntegers(true));

    /// <summary>The message of an export request.</summary>
    public static IMessage Decode(Signal signal, PayloadEncoding encoding, ReadOnlySpan<byte> message)
    {
        var descriptor = DescriptorOf(signal);
        if (encoding == PayloadEncoding.Protobuf)
        {
            return descriptor.Parser.ParseFrom(message);
        }

        var json = JsonNode.Parse(message)!;
        Recode(json, hex => Convert.ToBase64String(Convert.FromHexString(hex)));
        return Parser.Parse(json.ToJsonString(), descriptor);
    }

    /// <summary>The message as OTLP/JSON.</summary>
    public static byte[] ToJson(IMessage message)
    {
        var json = JsonNode.Parse(Formatter.Format(message))!;
        Recode(json, base64 => Convert.ToHexStringLower(Convert.FromBase64String(base64)));
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static MessageDescriptor DescriptorOf(Signal signal) => signal switch
    {
        Signal.Traces => ExportTraceServiceRequest.Descriptor,
        Signal.Metrics => ExportMetricsServiceRequest.Descriptor,
        Signal.Logs => ExportLogsServiceRequest.Descriptor,
        _ => Otlp.Profiles.ExportProfilesServiceRequest.Descriptor,
    };

    private static void Recode(JsonNode? node, Func<string, string> recode)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Recode(item, recode);
            }
        }
        else if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToArray())
            {
                if (HexFields.Contains(name) && value is JsonValue id)
                {
                    fields[name] = recode(id.GetValue<string>());
                }
                else
                {
                    Recode(value, recode);
                }
            }
        }
    }
}
