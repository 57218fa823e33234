using Microsoft.Extensions.Primitives;

namespace Redactor.Receive;

/// <summary>How a message is compressed.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
}

/// <summary>The names of compressions, which <c>Content-Encoding</c> and <c>grpc-encoding</c> share.</summary>
internal static class ContentCodings
{
    /// <summary>What is taken, for the headers that tell a sender.</summary>
    public const string Accepted = "gzip, identity";

    /// <summary>The compression that a header names, or null if it is none that OTLP names, or there are several.</summary>
    public static ContentCoding? Find(StringValues header) => header.Count switch
    {
        0 => ContentCoding.Identity,
        1 when header[0] is "" or "identity" => ContentCoding.Identity,
        1 when string.Equals(header[0], "gzip", StringComparison.OrdinalIgnoreCase) => ContentCoding.Gzip,
        _ => null,
    };
}
