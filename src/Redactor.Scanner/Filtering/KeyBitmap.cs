using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// A set of texts of up to eight bytes that may say yes for one that it does not hold, and says no for nearly all of those. Each text has two bits; both
/// come from one product. Immutable but for <see cref="Add"/>.
/// </summary>
internal sealed class KeyBitmap
{
    // 2^16 bits are 8 KiB, which leave most of a first-level cache to the text.
    private const int Bits = 16;

    private readonly byte[] bitmap = new byte[1 << (Bits - 3)];

    /// <summary>Adds a text.</summary>
    public void Add(ulong key)
    {
        ulong hash = Hash(key);
        foreach (ulong bit in (ReadOnlySpan<ulong>)[FirstBit(hash), SecondBit(hash)])
        {
            bitmap[bit >> 3] |= (byte)(1 << (int)(bit & 7));
        }
    }

    /// <summary>The first byte of the bitmap, for <see cref="MayHold"/>.</summary>
    public ref readonly byte First => ref MemoryMarshal.GetArrayDataReference(bitmap);

    /// <summary>1 if <paramref name="key"/> may have been added to the set whose bitmap starts at <paramref name="bitmap"/>, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MayHold(ref readonly byte bitmap, ulong key)
    {
        ulong hash = Hash(key);
        return Bit(in bitmap, FirstBit(hash)) & Bit(in bitmap, SecondBit(hash)) & 1;
    }

    /// <summary>Fibonacci hashing: the high bits of a product with 2^64 divided by the golden ratio are the mixed ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong key) => key * 0x9E3779B97F4A7C15;

    private static ulong FirstBit(ulong hash) => hash >> (64 - Bits);

    private static ulong SecondBit(ulong hash) => (hash >> (64 - (2 * Bits))) & ((1 << Bits) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bit(ref readonly byte bitmap, ulong bit) => Unsafe.Add(ref Unsafe.AsRef(in bitmap), (nuint)(bit >> 3)) >> (int)(bit & 7);
}
