using System.Buffers.Binary;
using System.IO.Compression;

namespace Redactor.Receive.Bodies;

/// <summary>Inflates gzip (RFC 1952) within the limits of the body that receives it.</summary>
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
        if (compressed.Length < MinLength)
        {
            return Refusal.BrokenGzip;
        }

        uint statedLength = BinaryPrimitives.ReadUInt32LittleEndian(compressed[^4..]);
        if (statedLength <= (long)compressed.Length * MaxRatio && target.Expect(statedLength) is { } refusal)
        {
            return refusal;
        }

        try
        {
            using var gzip = new GZipStream(source.OpenRead(), CompressionMode.Decompress);
            return ReadAll(gzip, target);
        }
        catch (InvalidDataException)
        {
            return Refusal.BrokenGzip;
        }
    }

    private static Refusal? ReadAll(GZipStream gzip, PooledBody target)
    {
        while (!target.IsAtLimit)
        {
            if (target.TryGetRoom(out Span<byte> room) is { } refusal)
            {
                return refusal;
            }

            int count = gzip.Read(room);
            if (count == 0)
            {
                return null;
            }

            target.Advance(count);
        }

        return gzip.ReadByte() < 0 ? null : Refusal.TooLarge;
    }
}
