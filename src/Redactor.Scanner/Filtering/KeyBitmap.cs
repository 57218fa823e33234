using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// A set of texts of up to eight bytes that may say yes for one that it does not hold, and says no for nearly all of those. Each text has two bits; both
/// come from one product.
/// </summary>
internal sealed class KeyBitmap
{
    private readonly byte[] bitmap;

    /// <summary>Creates an empty set.</summary>
    /// <param name="bits">Its size as a power of two: 17 are 16 KiB. Small ones let more through, large ones push the text out of the first-level cache.</param>
    public KeyBitmap(int bits)
    {
        bitmap = new byte[1 << (bits - 3)];
        Mask = (1UL << bits) - 1;
    }

    /// <summary>The first byte of the bitmap, for <see cref="MayHold"/>.</summary>
    public ref readonly byte First => ref MemoryMarshal.GetArrayDataReference(bitmap);

    /// <summary>The bits of a hash that number a bit of the bitmap, for <see cref="MayHold"/>.</summary>
    public ulong Mask { get; }

    /// <summary>Adds a text.</summary>
    public void Add(ulong key)
    {
        ulong hash = Hash(key);
        foreach (ulong bit in (ReadOnlySpan<ulong>)[FirstBit(hash, Mask), SecondBit(hash, Mask)])
        {
            bitmap[bit >> 3] |= (byte)(1 << (int)(bit & 7));
        }
    }

    /// <summary>1 if <paramref name="key"/> may have been added to the set whose bitmap starts at <paramref name="bitmap"/>, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MayHold(ref readonly byte bitmap, ulong mask, ulong key)
    {
        ulong hash = Hash(key);
        return Bit(in bitmap, FirstBit(hash, mask)) & Bit(in bitmap, SecondBit(hash, mask)) & 1;
    }

    /// <summary>Fibonacci hashing: the high bits of a product with 2^64 divided by the golden ratio are the mixed ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong key) => key * 0x9E3779B97F4A7C15;

    private static ulong FirstBit(ulong hash, ulong mask) => (hash >> 44) & mask;

    private static ulong SecondBit(ulong hash, ulong mask) => (hash >> 26) & mask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bit(ref readonly byte bitmap, ulong bit) => Unsafe.Add(ref Unsafe.AsRef(in bitmap), (nuint)(bit >> 3)) >> (int)(bit & 7);
}
