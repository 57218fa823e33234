using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// From a key (what the text reads at a place) to the windows that can be there: a bitmap that says no to most places, and for the others a
/// short list. Immutable.
/// </summary>
internal sealed class KeyIndex
{
    // 2^17 bits are 16 KiB, which leave most of a first-level cache to the text; 1,000 words then fill 1 % of it.
    private const int BitmapBits = 17;
    private const int SlotBits = 12;

    private readonly byte[] bitmap = new byte[1 << (BitmapBits - 3)];
    private readonly int[] slotStarts = new int[(1 << SlotBits) + 1];
    private readonly int[] numbers;

    /// <summary>Indexes windows, by number, under all keys that they can have.</summary>
    public KeyIndex(IEnumerable<(uint Key, int Number)> keys)
    {
        HashSet<(int Slot, int Number)> entries = [];
        foreach ((uint key, int number) in keys)
        {
            uint hash = Hash(key);
            bitmap[hash >> 3] |= (byte)(1 << (int)(hash & 7));
            entries.Add(((int)(hash >> (BitmapBits - SlotBits)), number));
        }

        numbers = new int[entries.Count];
        foreach ((int i, (int slot, int number)) in entries.Order().Index())
        {
            numbers[i] = number;
            slotStarts[slot + 1] = i + 1;
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
        uint hash = Hash(key);
        return (Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bitmap), hash >> 3) >> (int)(hash & 7)) & 1;
    }

    /// <summary>The numbers of the windows that may have <paramref name="key"/>; among them are some that only share its slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> At(uint key)
    {
        if (MayHold(key) == 0)
        {
            return default;
        }

        uint slot = Hash(key) >> (BitmapBits - SlotBits);
        int start = slotStarts[slot];
        return numbers.AsSpan(start, slotStarts[slot + 1] - start);
    }

    // Fibonacci hashing: the high bits of a product with 2^32 divided by the golden ratio.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint key) => (key * 0x9E3779B1u) >> (32 - BitmapBits);
}
