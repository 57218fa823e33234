using System.Runtime.CompilerServices;
using Redactor.Scanning.Automata;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>Where in a block a word may start (<see cref="WordStart"/>).</summary>
internal readonly ref struct WordMarks
{
    private static readonly AsciiSet Word = new(ByteClasses.Word);

    // ASCII only: what is beyond it can stand before a length.
    private static readonly AsciiSet NeverBeforeLength = new(~WordStart.BeforeLength & ByteSet.Range(0, 0x7F));

    private WordMarks(ReadOnlySpan<ulong> insideWord, ReadOnlySpan<ulong> maybeLength)
    {
        InsideWord = insideWord;
        MaybeLength = maybeLength;
    }

    /// <summary>The bytes behind a byte of a word.</summary>
    public ReadOnlySpan<ulong> InsideWord { get; }

    /// <summary>Those of them that a unit may start with nevertheless, as the byte before may be its length.</summary>
    public ReadOnlySpan<ulong> MaybeLength { get; }

    /// <summary>Marks the bytes of the block that starts at <paramref name="start"/> of the text.</summary>
    public static WordMarks Of<TKernel>(ref readonly byte block, int start, int words, Pass pass)
        where TKernel : struct, IBlockKernel
    {
        Span<ulong> inside = pass.Bitmap(words), maybeLength = pass.Bitmap(words);
        TKernel.MarkMembers(Word, in block, inside);
        TKernel.MarkMembers(NeverBeforeLength, in block, maybeLength);
        ref byte first = ref Unsafe.AsRef(in block);
        ulong word = start > 0 && ByteClasses.Word.Contains(Unsafe.Subtract(ref first, 1)) ? 1UL : 0;
        ulong tags = (start > 0 && WordStart.BeforeLength.Contains(Unsafe.Subtract(ref first, 1)) ? 2UL : 0)
            | (start > 1 && WordStart.BeforeLength.Contains(Unsafe.Subtract(ref first, 2)) ? 1UL : 0);
        for (int i = 0; i < words; i++)
        {
            ulong inWord = inside[i], beforeLength = ~maybeLength[i];
            inside[i] = inWord << 1 | word;
            maybeLength[i] = inside[i] & (beforeLength << 2 | tags);
            (word, tags) = (inWord >> 63, beforeLength >> 62);
        }

        return new WordMarks(inside, maybeLength);
    }
}
