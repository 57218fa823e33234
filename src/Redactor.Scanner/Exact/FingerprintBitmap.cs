using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Exact;

/// <summary>
/// A Bloom filter of all windows, under a key of its own, whose two bits lie in one word, so that a look costs one load. Its loops have no branch
/// that depends on the text, so that the processor waits for many words at a time. Immutable once filled.
/// </summary>
/// <remarks>
/// In a parted one, windows with at most one digit or capital among their first eight bytes have a part of their own: four in five of those that text has in words are
/// such, and one in 90 of those of random letters and digits. So most looks go to a part that the nearest caches hold, however many values there are.
/// </remarks>
internal sealed class FingerprintBitmap
{
    /// <summary>16 to 32 bits a window let 1 place in 70 to 250 pass by chance.</summary>
    private const int BitsPerWindow = 16;

    /// <summary>2^23 bits are 1 MiB, what a second-level cache holds today: a larger bitmap lets less pass and loses more by misses.</summary>
    private const int MaxLog2Bits = 23;
    private const int MinLog2Bits = 12;

    private const int Plain = 0, Other = 1;

    private readonly FingerprintKey key;
    private readonly ulong[] words;
    private readonly bool parted;
    private readonly Part[] parts;

    /// <summary>An empty bitmap with room for the windows of <paramref name="length"/> bytes that there are.</summary>
    /// <param name="length">Length of a window in bytes.</param>
    /// <param name="plain">How many windows there are with at most one digit or capital (<see cref="IsPlain"/>).</param>
    /// <param name="other">How many others.</param>
    /// <param name="parted">Whether the former have a part of their own; else all of them are in the second.</param>
    internal FingerprintBitmap(int length, int plain, int other, bool parted)
    {
        key = FingerprintKey.Create(length);
        this.parted = parted;
        (int plainLog2, int otherLog2) = (Log2Words(plain), Log2Words(other));
        parts = [new Part(0, 64 - plainLog2), new Part(1 << plainLog2, 64 - otherLog2)];
        words = new ulong[(1 << plainLog2) + (1 << otherLog2)];
    }

    /// <summary>Whether the window that begins at <paramref name="window"/> has at most one digit or capital among its first eight bytes.</summary>
    internal static bool IsPlain(ref readonly byte window) => PartOf(Unsafe.ReadUnaligned<ulong>(in window)) == Plain;

    /// <summary>Adds the window that begins at <paramref name="window"/>; for filling only.</summary>
    internal void Add(ref readonly byte window)
    {
        ulong fingerprint = key.Of(in window);
        Part part = parts[parted ? PartOf(Unsafe.ReadUnaligned<ulong>(in window)) : Other];
        words[part.Start + (int)(fingerprint >> part.Shift)] |= (1ul << (int)fingerprint) | (1ul << (int)(fingerprint >> 6));
    }

    /// <summary>Keeps of the <paramref name="places"/> in a text those where a window may stand, in front.</summary>
    /// <param name="text">The text; from each place on it holds a whole window.</param>
    /// <param name="places">The places, counted from its start.</param>
    /// <returns>How many were kept.</returns>
    internal int Keep(ReadOnlySpan<byte> text, Span<ushort> places) => parted ? KeepByPart(text, places) : KeepInOne(text, places);

    private int KeepInOne(ReadOnlySpan<byte> text, Span<ushort> places)
    {
        // Copies stay in registers; fields would be read again behind each write.
        FingerprintKey copy = key;
        ref byte first = ref MemoryMarshal.GetReference(text);
        ref ulong bitmap = ref words[parts[Other].Start];
        ref ushort next = ref MemoryMarshal.GetReference(places);
        int shift = parts[Other].Shift, found = 0;
        foreach (ushort place in places)
        {
            ulong fingerprint = copy.Of(in Unsafe.Add(ref first, place));
            ulong word = Unsafe.Add(ref bitmap, (nint)(fingerprint >> shift));
            Unsafe.Add(ref next, found) = place;
            found += (int)((word >> (int)fingerprint) & (word >> (int)(fingerprint >> 6)) & 1);
        }

        return found;
    }

    private int KeepByPart(ReadOnlySpan<byte> text, Span<ushort> places)
    {
        FingerprintKey copy = key;
        ref byte first = ref MemoryMarshal.GetReference(text);
        ref ulong bitmap = ref MemoryMarshal.GetArrayDataReference(words);
        ref Part part = ref MemoryMarshal.GetArrayDataReference(parts);
        ref ushort next = ref MemoryMarshal.GetReference(places);
        int found = 0;
        foreach (ushort place in places)
        {
            ref byte window = ref Unsafe.Add(ref first, place);
            ulong fingerprint = copy.Of(in window);
            Part own = Unsafe.Add(ref part, PartOf(Unsafe.ReadUnaligned<ulong>(in window)));
            ulong word = Unsafe.Add(ref bitmap, own.Start + (nint)(fingerprint >> own.Shift));
            Unsafe.Add(ref next, found) = place;
            found += (int)((word >> (int)fingerprint) & (word >> (int)(fingerprint >> 6)) & 1);
        }

        return found;
    }

    /// <summary>Plain if of eight bytes at most one is a digit or a capital. Signs beside them in ASCII (<c>:</c> and <c>@</c>, but not <c>_</c>) count as such; X, Y and Z do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PartOf(ulong bytes)
    {
        // In the place of bit 6 of each byte stand its bits 5, 4 and 3: digits are 011x, capitals 10 but for 1011.
        ulong bit5 = bytes << 1, bit4 = bytes << 2, bit3 = bytes << 3;
        ulong digits = ~bytes & bit5 & bit4, capitals = bytes & ~bit5 & ~(bit4 & bit3);
        ulong found = (digits | capitals) & 0x4040_4040_4040_4040;
        return (found & (found - 1)) != 0 ? Other : Plain;
    }

    private static int Log2Words(int windows) =>
        Math.Clamp(BitOperations.Log2(((ulong)windows * BitsPerWindow) | 1) + 1, MinLog2Bits, MaxLog2Bits) - 6;

    /// <summary>A part of the bitmap: its first word, and how much of a fingerprint is left for choosing a word of it.</summary>
    private readonly record struct Part(int Start, int Shift);
}
