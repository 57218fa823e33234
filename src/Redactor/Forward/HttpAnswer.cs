using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Protobuf;
using Redactor.Otlp.Rpc;

namespace Redactor.Forward;

/// <summary>The answer of an HTTP backend -> outcome, as the section "OTLP/HTTP response" of the OTLP specification says.</summary>
internal static class HttpAnswer
{
    public static async Task<ExportOutcome> ReadAsync(HttpResponseMessage response, BackendMessage message, CancellationToken cancellation)
    {
        var body = await AnswerBody.ReadAsync(response, cancellation);
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (response.IsSuccessStatusCode)
        {
            return mediaType switch
            {
                "application/x-protobuf" => PartialSuccessReader.FromProtobuf(body.Span, message),
                "application/json" => PartialSuccessReader.FromJson(body, message),
                _ => ExportOutcome.Success,
            };
        }

        var composed = message.Compose($"HTTP status {(int)response.StatusCode}", Text(mediaType, body));
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                new ExportOutcome.Retryable(composed, RetryAfter(response.Headers.RetryAfter)),
            HttpStatusCode.Unauthorized => new ExportOutcome.Refused(Refusal.Unauthenticated, composed),
            HttpStatusCode.Forbidden => new ExportOutcome.Refused(Refusal.PermissionDenied, composed),
            HttpStatusCode.RequestEntityTooLarge => new ExportOutcome.Refused(Refusal.BackendTooLarge, composed),
            HttpStatusCode.NotFound => new ExportOutcome.Refused(Refusal.SignalNotSupported, composed),
            _ => new ExportOutcome.Refused(Refusal.BackendRefused, composed),
        };
    }

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } wait } => RetryWait.Bound(wait),
        { Date: { } date } => RetryWait.Bound(date - DateTimeOffset.UtcNow),
        _ => null,
    };

    /// <summary>The message of the <c>Status</c> that OTLP errors carry; empty for everything else (a proxy's page, say).</summary>
    private static string Text(string? mediaType, ReadOnlyMemory<byte> body)
    {
        try
        {
            switch (mediaType)
            {
                case "application/x-protobuf":
                    return Status.Parser.ParseFrom(body.Span).Message;
                case "application/json":
                    using (var json = JsonDocument.Parse(body))
                    {
                        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var text)
                            && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
                    }

                default:
                    return "";
            }
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or JsonException)
        {
            return "";
        }
    }
}
