using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Redactor.Otlp.Rpc;

namespace Redactor.Forward;

/// <summary>The answer of a gRPC backend -> outcome, as the section "OTLP/gRPC response" of the OTLP specification says.</summary>
internal static class GrpcAnswer
{
    private const int PrefixLength = 5;

    /// <summary>
    /// How gRPC's implementations say that a message exceeds their limit, which has no code of its own: "received message larger than max" (Go, C++),
    /// "exceeds maximum size" (Java), "exceeds the maximum configured message size" (.NET), "message length too large" (Rust).
    /// </summary>
    private static readonly string[] TooLargeWords = ["larger than", "maximum size", "message size", "too large"];

    public static async Task<ExportOutcome> ReadAsync(HttpResponseMessage response, BackendMessage message, CancellationToken cancellation)
    {
        var body = await AnswerBody.ReadAsync(response, cancellation);

        // An error may come as headers alone ("trailers-only"); everything else ends with trailers.
        var trailers = response.Headers.NonValidated.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        if (Value(trailers, "grpc-status") is not { } number)
        {
            return FromHttpStatus(response.StatusCode, message);
        }

        var code = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && Enum.IsDefined((GrpcStatusCode)parsed)
            ? (GrpcStatusCode)parsed
            : GrpcStatusCode.Unknown;
        return code == GrpcStatusCode.Ok
            ? PartialSuccessReader.FromProtobuf(body.Length > PrefixLength ? body.Span[PrefixLength..] : [], message)
            : FromStatus(code, Uri.UnescapeDataString(Value(trailers, "grpc-message") ?? ""), RetryDelay(Value(trailers, "grpc-status-details-bin")), message);
    }

    /// <summary>The specification's table of retryable codes; RESOURCE_EXHAUSTED is one only if the backend says when to come back.</summary>
    public static ExportOutcome FromStatus(GrpcStatusCode code, string text, TimeSpan? retryAfter, BackendMessage message)
    {
        var composed = message.Compose($"gRPC status {code}", text);
        return code switch
        {
            // Rust's says OUT_OF_RANGE, which otherwise is retryable: the same message would be refused for ever.
            GrpcStatusCode.ResourceExhausted or GrpcStatusCode.OutOfRange when retryAfter is null && SaysTooLarge(text) =>
                new ExportOutcome.Refused(Refusal.BackendTooLarge, composed),
            GrpcStatusCode.Cancelled or GrpcStatusCode.DeadlineExceeded or GrpcStatusCode.Aborted or GrpcStatusCode.OutOfRange
                or GrpcStatusCode.Unavailable or GrpcStatusCode.DataLoss => new ExportOutcome.Retryable(composed, retryAfter),
            GrpcStatusCode.ResourceExhausted when retryAfter is not null => new ExportOutcome.Retryable(composed, retryAfter),
            GrpcStatusCode.Unauthenticated => new ExportOutcome.Refused(Refusal.Unauthenticated, composed),
            GrpcStatusCode.PermissionDenied => new ExportOutcome.Refused(Refusal.PermissionDenied, composed),
            GrpcStatusCode.Unimplemented => new ExportOutcome.Refused(Refusal.SignalNotSupported, composed),
            _ => new ExportOutcome.Refused(Refusal.BackendRefused, composed),
        };
    }

    /// <summary>No gRPC answered: gRPC's own table of what such an HTTP status means (grpc.io, "HTTP to gRPC status code mapping").</summary>
    private static ExportOutcome FromHttpStatus(HttpStatusCode status, BackendMessage message)
    {
        var composed = message.Compose($"no gRPC answer, HTTP status {(int)status}", "");
        return status switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                new ExportOutcome.Retryable(composed),
            HttpStatusCode.Unauthorized => new ExportOutcome.Refused(Refusal.Unauthenticated, composed),
            HttpStatusCode.Forbidden => new ExportOutcome.Refused(Refusal.PermissionDenied, composed),
            HttpStatusCode.RequestEntityTooLarge => new ExportOutcome.Refused(Refusal.BackendTooLarge, composed),
            HttpStatusCode.NotFound => new ExportOutcome.Refused(Refusal.SignalNotSupported, composed),
            _ => new ExportOutcome.Refused(Refusal.BackendRefused, composed),
        };
    }

    /// <summary>The delay of a <c>google.rpc.RetryInfo</c> in the status details; null if there is none that can be read.</summary>
    private static TimeSpan? RetryDelay(string? details)
    {
        if (details is null)
        {
            return null;
        }

        try
        {
            var padded = details.PadRight((details.Length + 3) / 4 * 4, '=');
            var info = Status.Parser.ParseFrom(Convert.FromBase64String(padded)).Details.FirstOrDefault(d => d.Is(RetryInfo.Descriptor));
            return info is null ? null : RetryWait.Bound(info.Unpack<RetryInfo>().RetryDelay?.ToTimeSpan() ?? TimeSpan.Zero);
        }
        catch (Exception e) when (e is FormatException or InvalidProtocolBufferException or InvalidOperationException)
        {
            // Details are an extra: without them the code alone decides.
            return null;
        }
    }

    private static bool SaysTooLarge(string text) => TooLargeWords.Any(words => text.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static string? Value(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
