using System.Runtime.CompilerServices;

namespace Redactor.Scanning.Filtering;

/// <summary>From a key (what the text reads at a place) to the few windows that can be there. Immutable.</summary>
internal sealed class KeyIndex
{
    private const int SlotBits = 13;

    private readonly int[] slotStarts = new int[(1 << SlotBits) + 1];
    private readonly WindowEntry[] entries;

    /// <summary>Indexes windows under all keys that they can have.</summary>
    public KeyIndex(IEnumerable<(ulong Key, WindowEntry Entry)> windows)
    {
        List<(int Slot, WindowEntry Entry)> bySlot = [.. windows.Select(w => (Slot(w.Key), w.Entry))];
        bySlot.Sort((a, b) => a.Slot != b.Slot ? a.Slot.CompareTo(b.Slot) : a.Entry.Number.CompareTo(b.Entry.Number));
        List<WindowEntry> distinct = new(bySlot.Count);
        int next = 0;
        foreach ((int slot, WindowEntry entry) in bySlot)
        {
            for (; next <= slot; next++)
            {
                slotStarts[next] = distinct.Count;
            }

            // Two keys of one window may share a slot.
            if (distinct.Count == slotStarts[slot] || distinct[^1].Number != entry.Number)
            {
                distinct.Add(entry);
            }
        }

        slotStarts.AsSpan(next).Fill(distinct.Count);
        entries = [.. distinct];
    }

    /// <summary>The windows of the keys that share <paramref name="key"/>'s slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<WindowEntry> At(ulong key)
    {
        int slot = Slot(key), start = slotStarts[slot];
        return entries.AsSpan(start, slotStarts[slot + 1] - start);
    }

    private static int Slot(ulong key) => (int)(KeyBitmap.Hash(key) >> (64 - SlotBits));
}
