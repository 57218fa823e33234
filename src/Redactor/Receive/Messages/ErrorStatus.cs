using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Redactor.Receive.Messages;

/// <summary>
/// <c>google.rpc.Status</c>: the body of every OTLP/HTTP error, and <c>grpc-status-details-bin</c>. Where a delay is known it holds a
/// <c>google.rpc.RetryInfo</c> (https://github.com/googleapis/googleapis/tree/master/google/rpc).
/// </summary>
internal static class ErrorStatus
{
    private const string RetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";
    private const int NanosecondsPerTick = 100;

    public static byte[] ToProtobuf(in ErrorAnswer error)
    {
        using var status = new ProtobufWriter();
        status.Number(1, (int)error.Grpc).Text(2, error.Message);
        if (error.RetryAfter is { } delay)
        {
            status.Message(3, RetryDetail(delay));
        }

        return status.ToArray();
    }

    public static byte[] ToJson(in ErrorAnswer error)
    {
        var status = new JsonObject { ["code"] = (int)error.Grpc, ["message"] = error.Message };
        if (error.RetryAfter is { } delay)
        {
            string seconds = delay.TotalSeconds.ToString("0.#########", CultureInfo.InvariantCulture) + "s";
            status["details"] = new JsonArray(new JsonObject { ["@type"] = RetryInfoType, ["retryDelay"] = seconds });
        }

        return Encoding.UTF8.GetBytes(status.ToJsonString());
    }

    /// <summary>A <c>RetryInfo</c> inside an <c>Any</c>.</summary>
    private static byte[] RetryDetail(TimeSpan delay)
    {
        using var duration = new ProtobufWriter();
        using var retryInfo = new ProtobufWriter();
        using var any = new ProtobufWriter();
        duration.Number(1, delay.Ticks / TimeSpan.TicksPerSecond).Number(2, delay.Ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick);
        retryInfo.Message(1, duration.ToArray());
        return any.Text(1, RetryInfoType).Message(2, retryInfo.ToArray()).ToArray();
    }
}
