using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Redactor.Receive.Messages;

namespace Redactor.Receive.Http;

/// <summary>Writes outcomes as OTLP/HTTP, in the encoding of the request.</summary>
internal static class HttpReply
{
    private static readonly byte[] EmptyJson = "{}"u8.ToArray();

    private static readonly byte[] Info = Encoding.UTF8.GetBytes(
        new JsonObject { ["name"] = "redactor", ["version"] = ProductVersion.Text }.ToJsonString());

    public static Task WriteAsync(HttpResponse response, Signal signal, PayloadEncoding encoding, ExportOutcome outcome)
    {
        bool json = encoding == PayloadEncoding.Json;
        string mediaType = json ? MediaTypes.Json : MediaTypes.Protobuf;
        if (ErrorAnswer.For(outcome) is not { } error)
        {
            return WriteAsync(response, StatusCodes.Status200OK, mediaType, Body(signal, json, outcome as ExportOutcome.PartialSuccess));
        }

        if (error.RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(response, error.Http, mediaType, json ? ErrorStatus.ToJson(error) : ErrorStatus.ToProtobuf(error));
    }

    /// <summary>Tells a client that asks what it talks to: this hop, and nothing about what lies behind it.</summary>
    public static Task WriteInfoAsync(HttpResponse response) => WriteAsync(response, StatusCodes.Status200OK, MediaTypes.Json, Info);

    private static byte[] Body(Signal signal, bool json, ExportOutcome.PartialSuccess? partial)
    {
        if (partial is null)
        {
            return json ? EmptyJson : [];
        }

        return json ? ExportResponse.ToJson(signal, partial) : ExportResponse.ToProtobuf(partial);
    }

    private static async Task WriteAsync(HttpResponse response, int status, string mediaType, byte[] body)
    {
        response.StatusCode = status;
        response.ContentType = mediaType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }
}
