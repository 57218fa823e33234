using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// From a key (what the text reads at a place) to the windows that can be there: a bitmap that says no to most places, and for the others a
/// short list. Immutable.
/// </summary>
internal sealed class KeyIndex
{
    // 2^17 bits are 16 KiB, which leave most of a first-level cache to the text.
    private const int BitmapBits = 17;
    private const int SlotBits = 14;

    private readonly byte[] bitmap = new byte[1 << (BitmapBits - 3)];
    private readonly int[] slotStarts = new int[(1 << SlotBits) + 1];
    private readonly Entry[] entries;

    /// <summary>Indexes windows, by number, under all keys that they can have.</summary>
    public KeyIndex(IEnumerable<(uint Key, int Number)> keys)
    {
        entries = [.. keys.Distinct().Select(k => new Entry(k.Key, k.Number)).OrderBy(e => Slot(e.Key)).ThenBy(e => e.Key).ThenBy(e => e.Number)];
        foreach ((int i, Entry entry) in entries.Index())
        {
            foreach (uint bit in (ReadOnlySpan<uint>)[Hash(entry.Key), SecondHash(entry.Key)])
            {
                bitmap[bit >> 3] |= (byte)(1 << (int)(bit & 7));
            }

            slotStarts[Slot(entry.Key) + 1] = i + 1;
        }

        for (int slot = 1; slot < slotStarts.Length; slot++)
        {
            slotStarts[slot] = Math.Max(slotStarts[slot], slotStarts[slot - 1]);
        }
    }

    /// <summary>1 if some window may have <paramref name="key"/>, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int MayHold(uint key)
    {
        ref byte bits = ref MemoryMarshal.GetArrayDataReference(bitmap);
        uint first = Hash(key), second = SecondHash(key);
        return (Unsafe.Add(ref bits, first >> 3) >> (int)(first & 7)) & (Unsafe.Add(ref bits, second >> 3) >> (int)(second & 7)) & 1;
    }

    /// <summary>The windows of the keys that share <paramref name="key"/>'s slot; only those of the key itself are wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<Entry> At(uint key)
    {
        if (MayHold(key) == 0)
        {
            return default;
        }

        int slot = Slot(key), start = slotStarts[slot];
        return entries.AsSpan(start, slotStarts[slot + 1] - start);
    }

    private static int Slot(uint key) => (int)(Hash(key) >> (BitmapBits - SlotBits));

    // Fibonacci hashing: the high bits of a product with 2^32 divided by the golden ratio.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint key) => (key * 0x9E3779B1u) >> (32 - BitmapBits);

    // Another odd factor: two bits a key let through the square of what one does, at twice the share of bits set.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SecondHash(uint key) => (key * 0x85EBCA6Bu) >> (32 - BitmapBits);

    /// <summary>A key and the number of a window that has it.</summary>
    internal readonly record struct Entry(uint Key, int Number);
}
