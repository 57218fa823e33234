using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>All windows, in the forms that the filter's steps look them up in: tables to mark, keys to reject, whole atoms to verify. Immutable.</summary>
internal sealed class WindowIndex
{
    /// <summary>A window that stands for more texts of four bytes than this (<c>[a-z0-9]@[a-z0-9]</c>) is indexed by its first two.</summary>
    private const int MaxLongKeys = 2048;

    private readonly KeyIndex longKeys;
    private readonly KeyIndex shortKeys;
    private readonly Verifier verifier;

    /// <summary>Indexes what <see cref="WindowPlan"/> chose.</summary>
    public WindowIndex(IReadOnlyList<Window> windows)
    {
        Tables = new WindowTables(windows);
        verifier = new Verifier(windows);
        ILookup<bool, (Window, int)> byLength = windows.Select((window, number) => (Window: window, Number: number))
            .ToLookup(w => KeyIndex.CountKeys(w.Window, 4) <= MaxLongKeys);
        longKeys = new KeyIndex(byLength[true], 4);
        shortKeys = new KeyIndex(byLength[false], 2);
    }

    /// <summary>What the kernel marks by.</summary>
    public WindowTables Tables { get; }

    /// <summary>Drops the positions at which no window is (and keeps a few of them), in place, and returns how many are left.</summary>
    public int Reject(ref readonly byte block, Span<ushort> positions)
    {
        ref ushort first = ref MemoryMarshal.GetReference(positions);
        int kept = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            ushort position = Unsafe.Add(ref first, i);
            uint next = Next(in block, position);
            Unsafe.Add(ref first, kept) = position;
            kept += longKeys.MayHold(next) | shortKeys.MayHold(next);
        }

        return kept;
    }

    /// <summary>Reports the atoms whose windows are at <paramref name="position"/> of the block that starts at <paramref name="start"/> of the text.</summary>
    public void Report(ref readonly byte block, int position, int start, in Pass pass)
    {
        uint next = Next(in block, position);
        Report(longKeys.At(next), in block, position, start, pass);
        Report(shortKeys.At(next), in block, position, start, pass);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Report(ReadOnlySpan<int> windows, ref readonly byte block, int position, int start, in Pass pass)
    {
        foreach (int window in windows)
        {
            int found = verifier.Match(window, in Unsafe.Add(ref Unsafe.AsRef(in block), position), start + position, pass.TextLength, out int atom);
            if (found >= 0)
            {
                pass.Report(found, atom);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Next(ref readonly byte block, int position)
    {
        uint next = Unsafe.ReadUnaligned<uint>(in Unsafe.Add(ref Unsafe.AsRef(in block), position));
        return BitConverter.IsLittleEndian ? next : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(next);
    }
}
