using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Exact;

/// <summary>
/// A Bloom filter of all windows, under a key of its own, whose two bits lie in one word, so that a look costs one load. Its loops have no branch
/// that depends on the text, so that the processor waits for many words at a time. Immutable once filled.
/// </summary>
internal sealed class FingerprintBitmap
{
    /// <summary>16 to 32 bits a window let 1 place in 70 to 250 pass by chance.</summary>
    private const int BitsPerWindow = 16;

    /// <summary>2^23 bits are 1 MiB, what a second-level cache holds today: a larger bitmap lets less pass and loses more by misses.</summary>
    private const int MaxLog2Bits = 23;
    private const int MinLog2Bits = 12;

    private readonly FingerprintKey key;
    private readonly ulong[] words;
    private readonly int shift;

    /// <summary>An empty bitmap with room for <paramref name="windows"/> windows.</summary>
    internal FingerprintBitmap(int windowLength, int windows)
    {
        key = FingerprintKey.Create(windowLength);
        int log2Bits = Math.Clamp(BitOperations.Log2(((ulong)windows * BitsPerWindow) - 1) + 1, MinLog2Bits, MaxLog2Bits);
        words = new ulong[1 << (log2Bits - 6)];
        shift = 64 - (log2Bits - 6);
    }

    /// <summary>Adds the window that begins at <paramref name="window"/>; for filling only.</summary>
    internal void Add(ref readonly byte window)
    {
        ulong fingerprint = key.Of(in window);
        words[fingerprint >> shift] |= (1ul << (int)fingerprint) | (1ul << (int)(fingerprint >> 6));
    }

    /// <summary>
    /// Keeps of <paramref name="count"/> places in a text, from <paramref name="at"/> on, <paramref name="stride"/> apart, those where a window may stand.
    /// </summary>
    /// <param name="text">The text; from each place on it holds a whole window.</param>
    /// <param name="at">The first place.</param>
    /// <param name="stride">The distance of the places.</param>
    /// <param name="count">How many places there are.</param>
    /// <param name="kept">Receives the places, with room for all.</param>
    /// <returns>How many were kept.</returns>
    internal int Keep(ReadOnlySpan<byte> text, int at, int stride, int count, Span<int> kept)
    {
        // Copies stay in registers; fields would be read again behind each write.
        FingerprintKey copy = key;
        ref byte first = ref MemoryMarshal.GetReference(text);
        ref ulong bitmap = ref MemoryMarshal.GetArrayDataReference(words);
        ref int next = ref MemoryMarshal.GetReference(kept[..count]);
        int wordShift = shift, found = 0;
        for (int i = 0; i < count; i++, at += stride)
        {
            ulong fingerprint = copy.Of(in Unsafe.Add(ref first, at));
            ulong word = Unsafe.Add(ref bitmap, (nint)(fingerprint >> wordShift));
            Unsafe.Add(ref next, found) = at;
            found += (int)((word >> (int)fingerprint) & (word >> (int)(fingerprint >> 6)) & 1);
        }

        return found;
    }

    /// <summary>Keeps of the <paramref name="places"/> in a text those where a window may stand, in front.</summary>
    /// <returns>How many were kept.</returns>
    internal int Keep(ReadOnlySpan<byte> text, Span<int> places)
    {
        FingerprintKey copy = key;
        ref byte first = ref MemoryMarshal.GetReference(text);
        ref ulong bitmap = ref MemoryMarshal.GetArrayDataReference(words);
        ref int next = ref MemoryMarshal.GetReference(places);
        int wordShift = shift, found = 0;
        foreach (int place in places)
        {
            ulong fingerprint = copy.Of(in Unsafe.Add(ref first, place));
            ulong word = Unsafe.Add(ref bitmap, (nint)(fingerprint >> wordShift));
            Unsafe.Add(ref next, found) = place;
            found += (int)((word >> (int)fingerprint) & (word >> (int)(fingerprint >> 6)) & 1);
        }

        return found;
    }
}
