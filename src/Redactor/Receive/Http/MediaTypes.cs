using Microsoft.Net.Http.Headers;

namespace Redactor.Receive.Http;

/// <summary>The media types of OTLP/HTTP.</summary>
internal static class MediaTypes
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    /// <summary>The media type in a <c>Content-Type</c> header, without parameters and in lower case; null if there is none, or its charset is not UTF-8.</summary>
    public static string? Name(string? contentType)
    {
        if (contentType is Protobuf or Json or "application/grpc")
        {
            return contentType;
        }

        return MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? parsed) && IsUtf8(parsed)
            ? parsed.MediaType.ToString().ToLowerInvariant()
            : null;
    }

    /// <summary>The encoding that a <c>Content-Type</c> header announces, or null if OTLP names none of this type.</summary>
    public static PayloadEncoding? Encoding(string? contentType) => Name(contentType) switch
    {
        Protobuf => PayloadEncoding.Protobuf,
        Json => PayloadEncoding.Json,
        _ => null,
    };

    private static bool IsUtf8(MediaTypeHeaderValue value) =>
        !value.Charset.HasValue || value.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || value.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);
}
