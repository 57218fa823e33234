using System.Security.Cryptography;

namespace Redactor.Known;

/// <summary>Memory for secrets while they are read: it never moves, so that the garbage collector leaves no copy, and is zeroed in the end. Not thread-safe.</summary>
internal sealed class SecretMemory : IDisposable
{
    private const int ChunkSize = 64 * 1024;
    private readonly List<byte[]> chunks = [];
    private int used;

    /// <summary>The next <paramref name="length"/> bytes.</summary>
    public Memory<byte> Take(int length)
    {
        if (chunks.Count == 0 || chunks[^1].Length - used < length)
        {
            chunks.Add(GC.AllocateUninitializedArray<byte>(Math.Max(length, ChunkSize), pinned: true));
            used = 0;
        }

        used += length;
        return chunks[^1].AsMemory(used - length, length);
    }

    /// <summary>Zeroes all of it.</summary>
    public void Dispose()
    {
        foreach (byte[] chunk in chunks)
        {
            CryptographicOperations.ZeroMemory(chunk);
        }

        chunks.Clear();
    }
}
