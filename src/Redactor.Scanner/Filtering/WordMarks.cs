using System.Runtime.CompilerServices;
using Redactor.Scanning.Automata;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>Where in a block a word may start (<see cref="WordStart"/>), told for a word of 64 bytes when it is asked for.</summary>
internal readonly ref struct WordMarks
{
    private static readonly AsciiSet Word = new(ByteClasses.Word);

    // ASCII only: what is beyond it can stand before a length.
    private static readonly AsciiSet NeverBeforeLength = new(~WordStart.BeforeLength & ByteSet.Range(0, 0x7F));

    // Both start with a word of which only the last bits count, those of the bytes before the block.
    private readonly ReadOnlySpan<ulong> ofWord;
    private readonly ReadOnlySpan<ulong> neverBeforeLength;

    private WordMarks(ReadOnlySpan<ulong> ofWord, ReadOnlySpan<ulong> neverBeforeLength)
    {
        this.ofWord = ofWord;
        this.neverBeforeLength = neverBeforeLength;
    }

    /// <summary>Marks the bytes of the block that starts at <paramref name="start"/> of the text.</summary>
    public static WordMarks Of<TKernel>(ref readonly byte block, int start, int words, Pass pass)
        where TKernel : struct, IBlockKernel
    {
        Span<ulong> ofWord = pass.Bitmap(words + 1), neverBeforeLength = pass.Bitmap(words + 1);
        TKernel.MarkMembers(Word, in block, ofWord[1..]);
        ref byte first = ref Unsafe.AsRef(in block);
        ofWord[0] = start > 0 && ByteClasses.Word.Contains(Unsafe.Subtract(ref first, 1)) ? 1UL << 63 : 0;
        if (pass.OneUnit)
        {
            neverBeforeLength.Fill(ulong.MaxValue);
            return new WordMarks(ofWord, neverBeforeLength);
        }

        TKernel.MarkMembers(NeverBeforeLength, in block, neverBeforeLength[1..]);
        neverBeforeLength[0] = (start > 0 && WordStart.BeforeLength.Contains(Unsafe.Subtract(ref first, 1)) ? 0 : 1UL << 63)
            | (start > 1 && WordStart.BeforeLength.Contains(Unsafe.Subtract(ref first, 2)) ? 0 : 1UL << 62);
        return new WordMarks(ofWord, neverBeforeLength);
    }

    /// <summary>The bytes of a word of the block that stand behind a byte of a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong InsideWord(int word) => ofWord[word + 1] << 1 | ofWord[word] >> 63;

    /// <summary>Those of them that a unit may start with nevertheless, as the byte before may be its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong MaybeLength(int word) => InsideWord(word) & ~(neverBeforeLength[word + 1] << 2 | neverBeforeLength[word] >> 62);
}
