using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>A set of texts of up to eight bytes that may say yes for one that it does not hold, and says no for nearly all of those: a bit for each hash.</summary>
internal sealed class KeyBitmap
{
    private readonly ulong[] bitmap;

    /// <summary>Creates an empty set.</summary>
    /// <param name="bits">Its size as a power of two: 18 are 32 KiB. Small ones let more through, large ones push the text out of the first-level cache.</param>
    public KeyBitmap(int bits)
    {
        bitmap = new ulong[1 << (bits - 6)];
        Shift = 64 - bits;
    }

    /// <summary>The first bits of the bitmap, for <see cref="MayHold"/>.</summary>
    public ref readonly ulong First => ref MemoryMarshal.GetArrayDataReference(bitmap);

    /// <summary>How many bits of a hash are not needed, for <see cref="MayHold"/>.</summary>
    public int Shift { get; }

    /// <summary>Adds a text.</summary>
    public void Add(ulong key)
    {
        ulong bit = Hash(key) >> Shift;
        bitmap[bit >> 6] |= 1UL << (int)bit;
    }

    /// <summary>1 if <paramref name="key"/> may have been added to the set whose bitmap starts at <paramref name="bitmap"/>, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MayHold(ref readonly ulong bitmap, int shift, ulong key)
    {
        ulong bit = Hash(key) >> shift;
        return (int)(Unsafe.Add(ref Unsafe.AsRef(in bitmap), (nuint)(bit >> 6)) >> (int)bit) & 1;
    }

    /// <summary>Fibonacci hashing: the high bits of a product with 2^64 divided by the golden ratio are the mixed ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong key) => key * 0x9E3779B97F4A7C15;
}
