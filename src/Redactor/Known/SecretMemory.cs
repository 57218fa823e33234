using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Redactor.Known;

/// <summary>
/// Memory for secrets while they are read: the garbage collector never sees it, so that it leaves no copy, and in the end it is zeroed and the system's again.
/// Not thread-safe.
/// </summary>
internal sealed class SecretMemory : IDisposable
{
    /// <summary>1 MiB: large enough that the C library gives it back to the system at once (glibc from 128 KiB on); what is not touched takes no memory.</summary>
    private const int ChunkSize = 1024 * 1024;

    private readonly List<Chunk> chunks = [];
    private int used;

    /// <summary>The next <paramref name="length"/> bytes. They are gone with <see cref="Dispose"/>; whoever reads them then gets an exception.</summary>
    public Memory<byte> Take(int length)
    {
        if (chunks.Count == 0 || chunks[^1].Length - used < length)
        {
            chunks.Add(new Chunk(Math.Max(length, ChunkSize)));
            used = 0;
        }

        used += length;
        return chunks[^1].Memory.Slice(used - length, length);
    }

    /// <summary>Zeroes all of it and gives it back.</summary>
    public void Dispose()
    {
        foreach (IDisposable chunk in chunks)
        {
            chunk.Dispose();
        }

        chunks.Clear();
    }

    private sealed unsafe class Chunk(int length) : MemoryManager<byte>
    {
        private byte* start = (byte*)NativeMemory.Alloc((nuint)length);

        public int Length => length;

        public override Span<byte> GetSpan()
        {
            ObjectDisposedException.ThrowIf(start is null, this);
            return new Span<byte>(start, length);
        }

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ObjectDisposedException.ThrowIf(start is null, this);
            return new MemoryHandle(start + elementIndex);
        }

        public override void Unpin()
        {
            // Never moves.
        }

        protected override void Dispose(bool disposing)
        {
            if (start is not null)
            {
                CryptographicOperations.ZeroMemory(new Span<byte>(start, length));
                NativeMemory.Free(start);
                start = null;
            }
        }
    }
}
