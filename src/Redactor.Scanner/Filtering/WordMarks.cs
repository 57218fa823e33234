using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Redactor.Scanning.Automata;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>Where in a block words may start (<see cref="WordStart"/>), a bit for each byte.</summary>
internal readonly ref struct WordMarks
{
    private static readonly AsciiSet Word = new(ByteClasses.Word);

    // ASCII only: what is beyond it can stand before a length.
    private static readonly AsciiSet NeverBeforeLength = new(~WordStart.BeforeLength & ByteSet.Range(0, 0x7F));

    private WordMarks(ReadOnlySpan<ulong> insideWord, ReadOnlySpan<ulong> maybeLength, Span<ulong> mayStart)
    {
        InsideWord = insideWord;
        MaybeLength = maybeLength;
        MayStart = mayStart;
        for (int word = 0; word < mayStart.Length; word++)
        {
            mayStart[word] = ~insideWord[word] | maybeLength[word];
        }
    }

    /// <summary>The bytes that stand behind a byte of a word.</summary>
    public ReadOnlySpan<ulong> InsideWord { get; }

    /// <summary>Those of them that a unit may start with nevertheless, as the byte before may be its length.</summary>
    public ReadOnlySpan<ulong> MaybeLength { get; }

    /// <summary>The bytes that a word may start with.</summary>
    public ReadOnlySpan<ulong> MayStart { get; }

    /// <summary>Marks the bytes of the block that starts at <paramref name="start"/> of the text.</summary>
    public static WordMarks Of<TKernel>(ref readonly byte block, int start, int words, Pass pass)
        where TKernel : struct, IBlockKernel
    {
        // Each starts with a word of which only the last bits count, those of the bytes before the block.
        Span<ulong> inside = pass.Bitmap(words + 1), maybeLength = pass.Bitmap(words + 1);
        TKernel.MarkMembers(Word, in block, inside[1..]);
        ref byte first = ref Unsafe.AsRef(in block);
        inside[0] = start > 0 && ByteClasses.Word.Contains(Unsafe.Subtract(ref first, 1)) ? 1UL << 63 : 0;
        BitRuns.ShiftUp(inside, 1);
        if (pass.OneUnit)
        {
            maybeLength.Clear();
            return new WordMarks(inside[..words], maybeLength[..words], pass.Bitmap(words));
        }

        // What is no length: the byte before it is no tag of one byte, and the one before that none that goes on.
        Span<ulong> noTag = maybeLength, ascii = pass.Bitmap(words + 1);
        TKernel.MarkMembers(NeverBeforeLength, in block, noTag[1..]);
        for (int word = 0; word < words; word++)
        {
            ascii[word + 1] = ~Vector512.LoadUnsafe(in block, (nuint)word * 64).ExtractMostSignificantBits();
        }

        int before = Math.Min(start, WordStart.Lookbehind);
        ReadOnlySpan<byte> last = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Subtract(ref first, before), before);
        ascii[0] = before > 0 && !char.IsAscii((char)last[^1]) ? 0 : 1UL << 63;
        noTag[0] = (WordStart.MayBeLength(last, before) ? 0 : 1UL << 63) | (before > 0 && WordStart.MayBeLength(last, before - 1) ? 0 : 1UL << 62);
        BitRuns.ShiftUp(ascii, 1);
        for (int word = 0; word < words; word++)
        {
            noTag[word + 1] &= ascii[word];
        }

        BitRuns.ShiftUp(noTag, 2);
        for (int word = 0; word < words; word++)
        {
            maybeLength[word] = inside[word] & ~noTag[word];
        }

        return new WordMarks(inside[..words], maybeLength[..words], pass.Bitmap(words));
    }
}
