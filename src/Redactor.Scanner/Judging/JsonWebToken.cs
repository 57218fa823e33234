using System.Buffers;
using System.Buffers.Text;

namespace Redactor.Scanning.Judging;

/// <summary>Tokens of RFC 7519: the first part, decoded from base64url, is a JSON object that names an algorithm or a type.</summary>
internal static class JsonWebToken
{
    /// <summary>Bytes of the header that are decoded; its first member is there.</summary>
    private const int HeaderBytes = 96;

    /// <summary>Whether <paramref name="value"/> begins with a part that decodes to the start of a JSON object.</summary>
    public static bool IsValid(ReadOnlySpan<byte> value)
    {
        int dot = value.IndexOf((byte)'.');
        if (dot <= 0)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        ReadOnlySpan<byte> encoded = value[..Math.Min(dot, HeaderBytes / 3 * 4)];
        encoded = encoded[..(encoded.Length / 4 * 4)];
        return Base64Url.DecodeFromUtf8(encoded, header, out _, out int written, isFinalBlock: false) is OperationStatus.Done
            && IsObjectStart(header[..written]);
    }

    /// <summary>A brace, white space, and a quoted name of plain ASCII: what no other text decodes to by chance.</summary>
    private static bool IsObjectStart(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \r\n\t"u8);
        if (text.IsEmpty || text[0] != '{')
        {
            return false;
        }

        text = text[1..].TrimStart(" \r\n\t"u8);
        return text.Length >= 3 && text[0] == '"' && text[1..].IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;
    }
}
