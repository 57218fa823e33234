using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// From the first bytes of a window to the atoms that can be there: a bitmap that says no to most places that the buckets let through by chance,
/// and for the others a short list of atoms. Letters count without case. Immutable.
/// </summary>
internal sealed class KeyIndex
{
    /// <summary>Bit 5 of every byte: what tells capitals from small letters.</summary>
    private const uint CaseBits = 0x20202020;

    // 2^17 bits are 16 KiB, which leave most of a 32 KiB first-level cache to the text; 1,000 words then fill 1 % of it.
    private const int BitmapBits = 17;
    private const int SlotBits = 12;

    private readonly uint mask;
    private readonly byte[] bitmap = new byte[1 << (BitmapBits - 3)];
    private readonly int[] slotStarts = new int[(1 << SlotBits) + 1];
    private readonly int[] entries;

    /// <summary>Indexes <paramref name="windows"/>, numbered in their order, by the first <paramref name="bytes"/> bytes (1 to 4).</summary>
    public KeyIndex(IEnumerable<(Window Window, int Number)> windows, int bytes)
    {
        mask = uint.MaxValue >> (32 - 8 * bytes);
        HashSet<(int Slot, int Number)> pairs = [];
        foreach ((Window window, int number) in windows)
        {
            foreach (uint key in Keys(window, bytes))
            {
                uint hash = Hash(key);
                bitmap[hash >> 3] |= (byte)(1 << (int)(hash & 7));
                pairs.Add(((int)(hash >> (BitmapBits - SlotBits)), number));
            }
        }

        entries = new int[pairs.Count];
        int filled = 0;
        foreach ((int slot, int number) in pairs.Order())
        {
            entries[filled++] = number;
            slotStarts[slot + 1] = filled;
        }

        for (int slot = 1; slot <= 1 << SlotBits; slot++)
        {
            slotStarts[slot] = Math.Max(slotStarts[slot], slotStarts[slot - 1]);
        }
    }

    /// <summary>How many keys of <paramref name="bytes"/> bytes a window stands for.</summary>
    public static long CountKeys(Window window, int bytes) => Choices(window, bytes).Aggregate(1L, (count, choices) => count * choices.Length);

    /// <summary>1 if some atom may be where the text reads <paramref name="next"/> (four bytes, the first in the lowest bits), else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int MayHold(uint next)
    {
        uint hash = Hash(next);
        return (Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bitmap), hash >> 3) >> (int)(hash & 7)) & 1;
    }

    /// <summary>The numbers of the windows that may be where the text reads <paramref name="next"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> At(uint next)
    {
        uint slot = Hash(next) >> (BitmapBits - SlotBits);
        int start = slotStarts[slot];
        return entries.AsSpan(start, slotStarts[slot + 1] - start);
    }

    // Fibonacci hashing: the high bits of a product with 2^32 divided by the golden ratio.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Hash(uint key) => (((key | CaseBits) & mask) * 0x9E3779B1u) >> (32 - BitmapBits);

    private static List<uint> Keys(Window window, int bytes)
    {
        List<uint> keys = [0];
        foreach ((int position, uint[] choices) in Choices(window, bytes).Index())
        {
            keys = [.. keys.SelectMany(key => choices.Select(choice => key | choice << (8 * position)))];
        }

        return keys;
    }

    private static IEnumerable<uint[]> Choices(Window window, int bytes)
    {
        for (int position = 0; position < bytes; position++)
        {
            yield return [.. window[position].Bytes().Select(value => value | (CaseBits & 0xFF)).Distinct()];
        }
    }
}
