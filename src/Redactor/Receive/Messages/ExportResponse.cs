using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Redactor.Receive.Messages;

/// <summary>
/// <c>Export*ServiceResponse</c> with its <c>partial_success</c>. The four signals number the fields alike and name the count differently.
/// </summary>
internal static class ExportResponse
{
    private const int PartialSuccessField = 1;
    private const int RejectedField = 1;
    private const int ErrorMessageField = 2;

    public static byte[] ToProtobuf(ExportOutcome.PartialSuccess partial)
    {
        using var inner = new ProtobufWriter();
        using var outer = new ProtobufWriter();
        inner.Number(RejectedField, partial.RejectedCount).Text(ErrorMessageField, partial.Message);
        return outer.Message(PartialSuccessField, inner.ToArray()).ToArray();
    }

    /// <summary>The same as OTLP/JSON; 64-bit numbers are strings there.</summary>
    public static byte[] ToJson(Signal signal, ExportOutcome.PartialSuccess partial)
    {
        var inner = new JsonObject
        {
            [RejectedName(signal)] = partial.RejectedCount.ToString(CultureInfo.InvariantCulture),
            ["errorMessage"] = partial.Message,
        };
        return Encoding.UTF8.GetBytes(new JsonObject { ["partialSuccess"] = inner }.ToJsonString());
    }

    private static string RejectedName(Signal signal) => signal switch
    {
        Signal.Traces => "rejectedSpans",
        Signal.Metrics => "rejectedDataPoints",
        Signal.Logs => "rejectedLogRecords",
        Signal.Profiles => "rejectedProfiles",
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "not a signal"),
    };
}
