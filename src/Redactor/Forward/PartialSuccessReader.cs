using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Redactor.Otlp;

namespace Redactor.Forward;

/// <summary>The body of a successful answer -> whether it was a full success. What can't be read counts as one: the backend said so by its status.</summary>
internal static class PartialSuccessReader
{
    /// <summary>The four signals' answers have the same fields, so the traces' type reads them all.</summary>
    public static ExportOutcome FromProtobuf(ReadOnlySpan<byte> body, BackendMessage message)
    {
        try
        {
            var partial = ExportTraceServiceResponse.Parser.ParseFrom(body).PartialSuccess;
            return Outcome(partial?.RejectedSpans ?? 0, partial?.ErrorMessage ?? "", message);
        }
        catch (InvalidProtocolBufferException)
        {
            return ExportOutcome.Success;
        }
    }

    /// <summary>In JSON the count is called after the signal: <c>rejectedSpans</c>, <c>rejectedLogRecords</c>...; a string or a number.</summary>
    public static ExportOutcome FromJson(ReadOnlyMemory<byte> body, BackendMessage message)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("partialSuccess", out var partial) || partial.ValueKind != JsonValueKind.Object)
            {
                return ExportOutcome.Success;
            }

            var count = partial.EnumerateObject().FirstOrDefault(p => p.Name.StartsWith("rejected", StringComparison.Ordinal)).Value;
            var text = partial.TryGetProperty("errorMessage", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString()! : "";
            var rejected = long.TryParse(count.ValueKind == JsonValueKind.Undefined ? "" : count.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            return Outcome(rejected, text, message);
        }
        catch (JsonException)
        {
            return ExportOutcome.Success;
        }
    }

    private static ExportOutcome Outcome(long rejected, string text, BackendMessage message) => rejected <= 0 && text.Length == 0
        ? ExportOutcome.Success
        : new ExportOutcome.PartialSuccess(Math.Max(rejected, 0), message.Compose(rejected > 0 ? $"{rejected} rejected" : "warning", text));
}
