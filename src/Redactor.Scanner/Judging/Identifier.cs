using System.Buffers.Text;

namespace Redactor.Scanning.Judging;

/// <summary>Ids that programs write everywhere and that open nothing: UUIDs, the ids of traces and spans, hashes of commits, images and files.</summary>
internal static class Identifier
{
    /// <summary>
    /// Hex digits of a span id (W3C Trace Context), a trace id or MD5, SHA-1 or a Git commit, and SHA-256.
    /// </summary>
    private static readonly int[] Lengths = [16, 32, 40, 64];

    private const int UuidLength = 36;

    private static readonly System.Buffers.SearchValues<byte> LowerHex = System.Buffers.SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Whether all of <paramref name="value"/> is a UUID (RFC 9562) or has the length and the digits of such an id in lower case.</summary>
    public static bool Is(ReadOnlySpan<byte> value) =>
        (value.Length == UuidLength && Utf8Parser.TryParse(value, out Guid _, out int read, 'D') && read == value.Length)
        || (Lengths.Contains(value.Length) && value.IndexOfAnyExcept(LowerHex) < 0);
}
