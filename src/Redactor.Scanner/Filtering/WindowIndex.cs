using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>All windows, in the forms that the filter's steps look them up in: tables to mark, keys to reject, whole atoms to verify. Immutable.</summary>
internal sealed class WindowIndex(IReadOnlyList<Window> windows)
{
    private readonly WindowKeys keys = new(windows);
    private readonly Verifier verifier = new(windows);

    /// <summary>What the kernel marks by.</summary>
    public WindowTables Tables { get; } = new(windows);

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
            kept += keys.ByText.MayHold(WindowKeys.Text(next)) | keys.ByPair.MayHold(WindowKeys.Pair(next)) | keys.ByShape.MayHold(keys.Shape(next));
        }

        return kept;
    }

    /// <summary>Reports the atoms whose windows are at <paramref name="position"/> of the block that starts at <paramref name="start"/> of the text.</summary>
    public void Report(ref readonly byte block, int position, int start, in Pass pass)
    {
        uint next = Next(in block, position);
        Report(keys.ByText.At(WindowKeys.Text(next)), in block, position, start, pass);
        Report(keys.ByPair.At(WindowKeys.Pair(next)), in block, position, start, pass);
        Report(keys.ByShape.At(keys.Shape(next)), in block, position, start, pass);
    }

    private void Report(ReadOnlySpan<int> numbers, ref readonly byte block, int position, int start, in Pass pass)
    {
        foreach (int number in numbers)
        {
            verifier.Report(number, in block, position, start, pass);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Next(ref readonly byte block, int position)
    {
        uint next = Unsafe.ReadUnaligned<uint>(in Unsafe.Add(ref Unsafe.AsRef(in block), position));
        return BitConverter.IsLittleEndian ? next : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(next);
    }
}
