using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// The windows whose key, the first four bytes, reads one of a few texts, whatever their case: nearly all. In the forms that the filter's steps look them up in: tables to
/// mark, keys to reject, whole atoms to verify. Immutable.
/// </summary>
internal sealed class TextWindows
{
    // Bit 5 of every byte tells capitals from small letters.
    private const ulong CaseBits = 0x2020202020202020;
    private const ulong KeyBytes = (1UL << (8 * Window.KeyLength)) - 1;
    private const ulong WindowBytes = (1UL << (8 * Window.Length)) - 1;

    /// <summary>A window that reads more texts than this is a shape: digits, or the letters of any token.</summary>
    public const int MaxTexts = 128;

    // 8 KiB that are asked for every mark, and 32 for one mark in five.
    private const int KeyBits = 16, WholeBits = 18;

    private readonly KeyBitmap keys = new(KeyBits);
    private readonly KeyBitmap wholes = new(WholeBits);
    private readonly KeyIndex index;
    private readonly Verifier verifier;

    /// <summary>Takes the windows as they were chosen.</summary>
    public TextWindows(IReadOnlyList<Window> windows)
    {
        Tables = new WindowTables(windows);
        verifier = new Verifier(windows);
        index = new KeyIndex(windows.Index().SelectMany(w => Texts(w.Item, WholeLength(w.Item)).Select(key => (key, EntryOf(w.Item, w.Index)))));
        foreach (Window window in windows)
        {
            Add(keys, window, Window.KeyLength);
            Add(wholes, window, WholeLength(window));
        }
    }

    /// <summary>What the kernel marks by.</summary>
    public WindowTables Tables { get; }

    /// <summary>Whether a window is one of these.</summary>
    public static bool Holds(Window window) => Reads(window, Window.KeyLength) <= MaxTexts;

    /// <summary>Whether some window of <paramref name="atom"/> is one of these.</summary>
    public static bool Holds(Atom atom) => Window.Offsets(atom.Length).Any(offset => Holds(new Window(atom, 0, offset, 0)));

    /// <summary>Drops the positions at which no window is (and keeps a few of them), in place, and returns how many are left.</summary>
    public int Reject(ref readonly byte block, Span<ushort> positions)
    {
        ref ushort first = ref MemoryMarshal.GetReference(positions);
        ref readonly byte bitmap = ref keys.First;
        ulong mask = keys.Mask;
        int kept = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            ushort position = Unsafe.Add(ref first, i);
            Unsafe.Add(ref first, kept) = position;
            kept += KeyBitmap.MayHold(in bitmap, mask, Next(in block, position) & KeyBytes);
        }

        // Once more by all six bytes: of "stri" one in a hundred is a "stripe".
        bitmap = ref wholes.First;
        mask = wholes.Mask;
        int left = 0;
        for (int i = 0; i < kept; i++)
        {
            ushort position = Unsafe.Add(ref first, i);
            ulong next = Next(in block, position);
            Unsafe.Add(ref first, left) = position;
            left += KeyBitmap.MayHold(in bitmap, mask, next & WindowBytes) | KeyBitmap.MayHold(in bitmap, mask, next & KeyBytes);
        }

        return left;
    }

    /// <summary>Reports the atoms whose windows are in the block that starts at <paramref name="start"/> of the text.</summary>
    public void Find<TKernel>(ref readonly byte block, int start, int length, Pass pass)
        where TKernel : struct, IBlockKernel
    {
        Span<ulong> marks = pass.Bitmap((length + 63) / 64);
        TKernel.MarkWindows(Tables, in block, marks);
        int found = BitPositions.Flatten(marks, pass.Positions);
        foreach (ushort position in pass.Positions[..Reject(in block, pass.Positions[..found])])
        {
            Verify(WindowBytes, in block, position, start, pass);
            Verify(KeyBytes, in block, position, start, pass);
        }
    }

    private void Verify(ulong keyBytes, ref readonly byte block, int position, int start, Pass pass)
    {
        ulong next = Read(in block, position);
        foreach (ref readonly KeyIndex.Entry entry in index.At((next | CaseBits) & keyBytes))
        {
            if ((next & entry.Mask) == entry.Value)
            {
                verifier.Report(entry.Number, in block, position, start, pass);
            }
        }
    }

    /// <summary>How many bytes a window is told apart by in the end: all, unless that would be too many texts.</summary>
    private static int WholeLength(Window window) => Reads(window, Window.Length) <= MaxTexts ? Window.Length : Window.KeyLength;

    /// <summary>The next eight bytes without case; the first of them is in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Next(ref readonly byte block, int position) => Read(in block, position) | CaseBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read(ref readonly byte block, int position)
    {
        ulong next = Unsafe.ReadUnaligned<ulong>(in Unsafe.Add(ref Unsafe.AsRef(in block), position));
        return BitConverter.IsLittleEndian ? next : BinaryPrimitives.ReverseEndianness(next);
    }

    private static void Add(KeyBitmap bitmap, Window window, int length)
    {
        foreach (ulong text in Texts(window, length))
        {
            bitmap.Add(text);
        }
    }

    private static KeyIndex.Entry EntryOf(Window window, int number)
    {
        ulong mask = 0, value = 0;
        for (int position = 0; position < sizeof(ulong) && window.Offset + position < window.Atom.Length; position++)
        {
            (byte bits, byte common) = window[position].CommonBits();
            mask |= (ulong)bits << (8 * position);
            value |= (ulong)common << (8 * position);
        }

        return new KeyIndex.Entry(mask, value, number);
    }

    /// <summary>How many texts, without case, the first <paramref name="length"/> positions of a window read; some number above 128 if they are more.</summary>
    public static int Reads(Window window, int length)
    {
        int count = 1;
        for (int position = 0; position < length && count <= MaxTexts; position++)
        {
            count *= Choices(window, position).Count;
        }

        return count;
    }

    private static List<ulong> Texts(Window window, int length)
    {
        List<ulong> texts = [0];
        for (int position = 0; position < length; position++)
        {
            List<ulong> choices = Choices(window, position);
            int shift = 8 * position;
            texts = [.. texts.SelectMany(text => choices.Select(choice => text | choice << shift))];
        }

        return texts;
    }

    private static List<ulong> Choices(Window window, int position) =>
        [.. window[position].Bytes().Select(value => value | (CaseBits & 0xFF)).Distinct()];
}
