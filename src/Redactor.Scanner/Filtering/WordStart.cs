using Redactor.Scanning.Automata;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Where a word may start, as far as raw bytes tell. In a protobuf payload the byte before a field's text is its length, which may look like a letter;
/// so behind a byte of a word there may yet be the start of a unit, if the byte before that can be the field's tag or the first half of a longer length.
/// <code>
/// 12 39 31 37 39 30 ...    tag 2, length 57 ('9'), the text "1790...": a unit starts at '1', in the middle of what looks like the run "91790..."
/// </code>
/// </summary>
internal static class WordStart
{
    private const int LengthDelimited = 2;

    /// <summary>
    /// The bytes that can stand before a length byte: tags of length-delimited fields (their low three bits are 2), the last byte of a tag of two bytes (up to field
    /// number 511), and the first byte of a length of two.
    /// </summary>
    public static ByteSet BeforeLength { get; } = MakeBeforeLength();

    /// <summary>Whether a word of some unit may start at <paramref name="position"/>. Never false where one does.</summary>
    public static bool MayBeAt(ReadOnlySpan<byte> text, int position) =>
        position == 0 || !ByteClasses.Word.Contains(text[position - 1]) || (position > 1 && BeforeLength.Contains(text[position - 2]));

    private static ByteSet MakeBeforeLength()
    {
        ByteSet set = ByteSet.Range(0, 0x1F) | ByteSet.Range(0x80, 0xFF);
        for (int b = 0x20; b < 0x80; b++)
        {
            set |= (b & 7) == LengthDelimited ? ByteSet.Of((byte)b) : ByteSet.Empty;
        }

        return set;
    }
}
