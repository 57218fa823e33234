using System.Buffers.Binary;
using System.IO.Compression;

namespace Redactor.Receive.Bodies;

/// <summary>
/// Inflates gzip (RFC 1952) within the limits of the body that receives it. Takes one member, as every exporter writes: only then does the
/// trailer prove that the stream is whole, and <see cref="GZipStream"/> itself takes a stream that breaks off for one that ends.
/// </summary>
internal static class Gzip
{
    /// <summary>Header (10 bytes), the shortest deflate block (2), checksum and length (8).</summary>
    private const int MinLength = 20;

    /// <summary>Deflate's greatest ratio: no valid stream inflates to more (https://zlib.net/zlib_tech.html).</summary>
    private const int MaxRatio = 1032;

    /// <summary>Inflates <paramref name="source"/> into <paramref name="target"/>.</summary>
    /// <returns>Why that is not possible, or null.</returns>
    public static Refusal? Inflate(PooledBody source, PooledBody target)
    {
        ReadOnlySpan<byte> compressed = source.Bytes.Span;
        if (compressed.IsEmpty)
        {
            // .NET's own GZipStream compresses nothing to nothing.
            return null;
        }

        if (compressed.Length < MinLength)
        {
            return Refusal.BrokenGzip;
        }

        uint statedLength = BinaryPrimitives.ReadUInt32LittleEndian(compressed[^4..]);
        if (statedLength > (long)compressed.Length * MaxRatio)
        {
            return Refusal.BrokenGzip;
        }

        try
        {
            using var gzip = new GZipStream(source.OpenRead(), CompressionMode.Decompress);
            return target.Expect(statedLength) ?? ReadAll(gzip, target, statedLength);
        }
        catch (InvalidDataException)
        {
            return Refusal.BrokenGzip;
        }
    }

    /// <summary>Reads exactly <paramref name="length"/> bytes and sees that the stream, whose checksum is compared then, ends there.</summary>
    private static Refusal? ReadAll(GZipStream gzip, PooledBody target, uint length)
    {
        while (target.Length < length)
        {
            if (target.TryGetRoom(out Span<byte> room) is { } refusal)
            {
                return refusal;
            }

            int count = gzip.Read(room[..(int)Math.Min(room.Length, length - target.Length)]);
            if (count == 0)
            {
                return Refusal.BrokenGzip;
            }

            target.Advance(count);
        }

        return gzip.ReadByte() < 0 ? null : Refusal.BrokenGzip;
    }
}
