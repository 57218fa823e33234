using System.IO.Compression;

namespace Redactor.Tests.Receive;

/// <summary>Bytes to send.</summary>
internal static class Sample
{
    /// <summary><paramref name="count"/> bytes that look random and are the same every time.</summary>
    public static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    public static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    /// <summary>Gzip that inflates to <paramref name="count"/> zeros.</summary>
    public static byte[] GzipBomb(int count)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] zeros = new byte[64 * 1024];
            for (int left = count; left > 0; left -= zeros.Length)
            {
                gzip.Write(zeros, 0, Math.Min(left, zeros.Length));
            }
        }

        return target.ToArray();
    }
}
