using System.Buffers;
using System.IO.Compression;

namespace Redactor.Forward;

/// <summary>A payload compressed with gzip into a pooled buffer: both transports must know the length before the first byte.</summary>
internal sealed class GzipBuffer : IDisposable
{
    private readonly byte[] rented;

    /// <summary>Compresses at the fastest level.</summary>
    public GzipBuffer(ReadOnlySpan<byte> payload)
    {
        rented = ArrayPool<byte>.Shared.Rent(GreatestLength(payload.Length));
        var output = new MemoryStream(rented);
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(payload);
        }

        Bytes = rented.AsMemory(0, (int)output.Position);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public void Dispose() => ArrayPool<byte>.Shared.Return(rented);

    /// <summary>What can't be compressed grows: by at most a bit for each byte (fixed Huffman codes of nine bits), the header and the trailer.</summary>
    private static int GreatestLength(int length) => checked(length + (length / 8) + 64);
}
