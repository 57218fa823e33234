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
        (int Slot, WindowEntry Entry)[] bySlot = [.. windows.Select(w => (Slot(w.Key), w.Entry)).Distinct().OrderBy(w => w.Item1).ThenBy(w => w.Entry.Number)];
        entries = [.. bySlot.Select(w => w.Entry)];
        for (int i = 0, slot = 0; slot <= 1 << SlotBits; slot++)
        {
            for (; i < bySlot.Length && bySlot[i].Slot < slot; i++)
            {
            }

            slotStarts[slot] = i;
        }
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
