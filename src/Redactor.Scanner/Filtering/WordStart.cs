using Redactor.Scanning.Automata;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Where a word may start, as far as raw bytes tell. In a protobuf payload the byte before a field's text is its length, which may look like a letter;
/// so behind a byte of a word there may yet be the start of a unit, if what stands before that can be the field's tag or the first half of a longer length.
/// <code>
/// 12 39 31 37 39 30 ...       tag 2, length 57 ('9'), the text "1790...": a unit starts at '1', in the middle of what looks like the run "91790..."
/// 82 6B 34 31 37 39 30 ...    a tag of two bytes, of which only the first tells that it is one, length 52 ('4')
/// </code>
/// </summary>
internal static class WordStart
{
    /// <summary>How many bytes before a position say whether a word may start there.</summary>
    public const int Lookbehind = 3;

    private const int LengthDelimited = 2;

    /// <summary>The bytes of a tag or a length that is not over with them.</summary>
    private static ByteSet Unfinished { get; } = ByteSet.Range(0x80, 0xFF);

    /// <summary>
    /// The bytes that can stand before a length byte whatever is before them: tags of one byte of length-delimited fields (their low three bits are 2), and the
    /// first byte of a length of two.
    /// </summary>
    public static ByteSet BeforeLength { get; } = MakeBeforeLength();

    /// <summary>Whether a word of some unit may start at <paramref name="position"/>. Never false where one does.</summary>
    public static bool MayBeAt(ReadOnlySpan<byte> text, int position) =>
        position == 0 || !ByteClasses.Word.Contains(text[position - 1]) || MayBeLength(text, position - 1);

    /// <summary>Whether the byte at <paramref name="position"/> may be the last of a field's length.</summary>
    public static bool MayBeLength(ReadOnlySpan<byte> text, int position) =>
        position > 0 && (BeforeLength.Contains(text[position - 1]) || (position > 1 && Unfinished.Contains(text[position - 2])));

    private static ByteSet MakeBeforeLength()
    {
        ByteSet set = Unfinished;
        for (int tag = 0; tag < 0x80; tag++)
        {
            set |= (tag & 7) == LengthDelimited ? ByteSet.Of((byte)tag) : ByteSet.Empty;
        }

        return set;
    }
}
