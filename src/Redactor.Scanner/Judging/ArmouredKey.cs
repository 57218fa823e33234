using System.Buffers;
using System.Buffers.Text;

namespace Redactor.Scanning.Judging;

/// <summary>PEM in base64, as Kubernetes and CI variables hold it.</summary>
internal static class ArmouredKey
{
    /// <summary>As much base64 as the longest first line of a PEM block takes, in bytes: that of an encrypted private key, 37 characters and the line end.</summary>
    private const int HeadLength = 64;

    /// <summary>Whether the block in <paramref name="value"/> may hold a private key: its first line does not speak of a certificate or a public key.</summary>
    public static bool IsPrivate(ReadOnlySpan<byte> value)
    {
        Span<byte> line = stackalloc byte[Base64.GetMaxDecodedFromUtf8Length(HeadLength)];
        ReadOnlySpan<byte> head = value[..(Math.Min(value.Length, HeadLength) & ~3)];
        return Base64.DecodeFromUtf8(head, line, out _, out int written, isFinalBlock: false) is OperationStatus.InvalidData
            || (line[..written].IndexOf("CERTIFICATE"u8) < 0 && line[..written].IndexOf("PUBLIC "u8) < 0);
    }
}
