using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// The windows, of six bytes or, for shorter atoms, four, that read one of a few texts, whatever their case: nearly all. In the forms that the filter's
/// steps look them up in: tables to mark, keys to reject, whole atoms to verify. Immutable.
/// </summary>
internal sealed class TextWindows
{
    /// <summary>Tells capitals from small letters.</summary>
    public const byte CaseBit = 0x20;

    private const ulong CaseBits = CaseBit * 0x0101010101010101UL;

    /// <summary>A window that reads more texts than this is a shape: digits, or the letters of any token.</summary>
    public const int MaxTexts = 128;

    /// <summary>An atom has a long window if some of it reads so few texts: fewer than any with a position behind its end.</summary>
    private const int MaxTextsOfLong = 64;

    // 32 KiB, asked for every mark; 5,000 texts let one in fifty of the others pass.
    private const int KeyBits = 18;

    private readonly KeyBitmap keys = new(KeyBits);
    private readonly ulong keyBytes;
    private readonly KeyIndex index;
    private readonly Verifier verifier;

    /// <summary>Takes the windows as they were chosen.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="length">How many positions they have.</param>
    public TextWindows(IReadOnlyList<Window> windows, int length)
    {
        keyBytes = (1UL << (8 * length)) - 1;
        Tables = new WindowTables(windows, length);
        verifier = new Verifier(windows);
        List<(ulong Key, WindowEntry Entry)> texts = [];
        foreach ((int number, Window window) in windows.Index())
        {
            var entry = WindowEntry.Of(window.Atom, window.Offset, number);
            foreach (ulong key in Texts(window, length))
            {
                texts.Add((key, entry));
                keys.Add(key);
            }
        }

        index = new KeyIndex(texts);
    }

    /// <summary>What the kernel marks by.</summary>
    public WindowTables Tables { get; }

    /// <summary>How many positions a window of <paramref name="atom"/> has: six, or four if no six read few texts; 0 if no four do.</summary>
    public static int LengthFor(Atom atom)
    {
        int fewest = Fewest(atom, Window.Long);
        return fewest <= MaxTextsOfLong ? Window.Long : Fewest(atom, Window.Short) <= MaxTexts ? Window.Short : 0;
    }

    /// <summary>Drops the positions at which no window is (and keeps a few of them), in place, and returns how many are left.</summary>
    public int Reject(ref readonly byte block, Span<ushort> positions)
    {
        ref ushort first = ref MemoryMarshal.GetReference(positions);
        ref readonly ulong bitmap = ref keys.First;
        ulong mask = keyBytes;
        int shift = keys.Shift, kept = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            ushort position = Unsafe.Add(ref first, i);
            Unsafe.Add(ref first, kept) = position;
            kept += KeyBitmap.MayHold(in bitmap, shift, (WindowEntry.Read(in block, position) | CaseBits) & mask);
        }

        return kept;
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
            ulong next = WindowEntry.Read(in block, position);
            foreach (ref readonly WindowEntry entry in index.At((next | CaseBits) & keyBytes))
            {
                if (entry.Fits(next))
                {
                    verifier.Report(entry.Number, in block, position, start, pass);
                }
            }
        }
    }

    private static int Fewest(Atom atom, int length) => Window.Offsets(atom.Length).Min(offset => Reads(new Window(atom, 0, offset, 0), length));

    /// <summary>How many texts, without case, the first <paramref name="length"/> positions of a window read; some number above 128 if they are more.</summary>
    public static int Reads(Window window, int length)
    {
        int count = 1;
        for (int position = 0; position < length && count <= MaxTexts; position++)
        {
            count *= window[position].WithCaseBit.Count;
        }

        return count;
    }

    /// <summary>The texts, with <see cref="CaseBit"/> set in every byte and the first byte in the lowest bits, that the first <paramref name="length"/> positions of a window read.</summary>
    public static List<ulong> Texts(Window window, int length)
    {
        List<ulong> texts = [0];
        for (int position = 0; position < length; position++)
        {
            ByteSet choices = window[position].WithCaseBit;
            List<ulong> longer = new(texts.Count * choices.Count);
            foreach (byte choice in choices.Bytes())
            {
                foreach (ulong text in texts)
                {
                    longer.Add(text | (ulong)choice << (8 * position));
                }
            }

            texts = longer;
        }

        return texts;
    }
}
