using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// The windows that read one of a few texts of four bytes, whatever their case: nearly all. In the forms that the filter's steps look them up in: tables to mark, keys
/// to reject, whole atoms to verify. Immutable.
/// </summary>
internal sealed class TextWindows(IReadOnlyList<Window> windows)
{
    // Bit 5 of every byte tells capitals from small letters.
    private const uint CaseBits = 0x20202020;

    /// <summary>A window that reads more texts than this is a shape: digits, or the letters of any token.</summary>
    private const int MaxTexts = 128;

    private readonly KeyIndex keys = new(windows.Index().SelectMany(w => Texts(w.Item).Select(key => (key, w.Index))));
    private readonly Verifier verifier = new(windows);

    /// <summary>What the kernel marks by.</summary>
    public WindowTables Tables { get; } = new(windows);

    /// <summary>Whether a window is one of these.</summary>
    public static bool Holds(Window window)
    {
        int count = 1;
        for (int position = 0; position < Window.Length && count <= MaxTexts; position++)
        {
            count *= Choices(window, position).Count;
        }

        return count <= MaxTexts;
    }

    /// <summary>Whether some window of <paramref name="atom"/> is one of these.</summary>
    public static bool Holds(Atom atom) =>
        Enumerable.Range(0, Math.Max(1, atom.Length - Window.Length + 1)).Any(offset => Holds(new Window(atom, 0, offset, 0)));

    /// <summary>Drops the positions at which no window is (and keeps a few of them), in place, and returns how many are left.</summary>
    public int Reject(ref readonly byte block, Span<ushort> positions)
    {
        ref ushort first = ref MemoryMarshal.GetReference(positions);
        int kept = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            ushort position = Unsafe.Add(ref first, i);
            Unsafe.Add(ref first, kept) = position;
            kept += keys.MayHold(Next(in block, position));
        }

        return kept;
    }

    /// <summary>Reports the atoms whose windows are at <paramref name="position"/> of the block that starts at <paramref name="start"/> of the text.</summary>
    public void Report(ref readonly byte block, int position, int start, in Pass pass)
    {
        uint key = Next(in block, position);
        foreach (KeyIndex.Entry entry in keys.At(key))
        {
            if (entry.Key == key)
            {
                verifier.Report(entry.Number, in block, position, start, pass);
            }
        }
    }

    /// <summary>The next four bytes without case; the first of them is in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Next(ref readonly byte block, int position)
    {
        uint next = Unsafe.ReadUnaligned<uint>(in Unsafe.Add(ref Unsafe.AsRef(in block), position));
        return (BitConverter.IsLittleEndian ? next : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(next)) | CaseBits;
    }

    private static List<uint> Texts(Window window)
    {
        List<uint> texts = [0];
        for (int position = 0; position < Window.Length; position++)
        {
            List<uint> choices = Choices(window, position);
            int shift = 8 * position;
            texts = [.. texts.SelectMany(text => choices.Select(choice => text | choice << shift))];
        }

        return texts;
    }

    private static List<uint> Choices(Window window, int position) =>
        [.. window[position].Bytes().Select(value => value | (CaseBits & 0xFF)).Distinct()];
}
