using System.Buffers;
using System.Buffers.Text;

namespace Redactor.Scanning.Judging;

/// <summary>
/// The labels that masks leave behind: <c>[REDACTED:id]</c> and <c>[REDACTED:id:suffix]</c>. They are never a finding and nobody's context: no match may
/// lean on the text of one, or a second hop would mask more than the first.
/// </summary>
/// <remarks>
/// The grammar is strict, so that nothing else hides in such brackets: the id as rule ids are (lower-case letters, digits, single hyphens, at
/// most 64), the suffix a number, twelve hex digits, or three dots and at most four characters.
/// </remarks>
public static class MaskText
{
    /// <summary>The most digits that the number in a label may have.</summary>
    public const int MaxOrdinalLength = 9;

    /// <summary>Greatest length of a label in bytes: the frame, an id of 64, a colon and a suffix of 12.</summary>
    public const int MaxLength = 11 + MaxIdLength + 1 + HashLength;

    private const int MaxIdLength = 64;
    private const int HashLength = 12;
    private static readonly SearchValues<byte> LowerHex = SearchValues.Create("0123456789abcdef"u8);
    private static readonly SearchValues<byte> IdBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"u8);
    private static readonly SearchValues<byte> TailBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*"u8);

    private static ReadOnlySpan<byte> Opening => "[REDACTED:"u8;

    /// <summary>Whether <paramref name="value"/> may stand behind the dots of a label.</summary>
    public static bool IsTailByte(byte value) => TailBytes.Contains(value);

    /// <summary>Finds the first label at or behind <paramref name="from"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="start">Where the label starts.</param>
    /// <param name="end">Just behind it.</param>
    /// <param name="ordinal">The number in its suffix; 1 if there is none.</param>
    public static bool TryFind(ReadOnlySpan<byte> text, int from, out int start, out int end, out int ordinal)
    {
        for (start = from; ; start++)
        {
            int offset = text[start..].IndexOf(Opening);
            if (offset < 0)
            {
                end = start;
                ordinal = 0;
                return false;
            }

            start += offset;
            if (TryMatch(text[start..], out int length, out ordinal))
            {
                end = start + length;
                return true;
            }
        }
    }

    /// <summary>Whether any byte from <paramref name="start"/> to <paramref name="end"/> belongs to a label.</summary>
    internal static bool Overlaps(ReadOnlySpan<byte> text, int start, int end)
    {
        ReadOnlySpan<byte> around = text[..Math.Min(text.Length, end + MaxLength)];
        int from = Math.Max(0, start - MaxLength);
        while (start < end && TryFind(around, from, out int labelStart, out from, out _) && labelStart < end)
        {
            if (from > start)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one label, or nothing but labels, covers everything from <paramref name="start"/> to <paramref name="end"/>.</summary>
    internal static bool Covers(ReadOnlySpan<byte> text, int start, int end)
    {
        ReadOnlySpan<byte> around = text[..Math.Min(text.Length, end + MaxLength)];
        int from = Math.Max(0, start - MaxLength);
        while (start < end && TryFind(around, from, out int labelStart, out int labelEnd, out _) && labelStart <= start)
        {
            start = Math.Max(start, labelEnd);
            from = labelEnd;
        }

        return start >= end;
    }

    private static bool TryMatch(ReadOnlySpan<byte> text, out int length, out int ordinal)
    {
        length = 0;
        ordinal = 1;
        ReadOnlySpan<byte> rest = text[Opening.Length..];
        int idLength = rest.IndexOfAnyExcept(IdBytes);
        if (idLength is < 1 or > MaxIdLength || rest[0] == '-' || rest[idLength - 1] == '-' || rest[..idLength].IndexOf("--"u8) >= 0)
        {
            return false;
        }

        rest = rest[idLength..];
        if (rest[0] == ':')
        {
            int suffixLength = rest[..Math.Min(rest.Length, HashLength + 2)].IndexOf((byte)']') - 1;
            if (suffixLength < 1 || !IsSuffix(rest.Slice(1, suffixLength), ref ordinal))
            {
                return false;
            }

            rest = rest[(1 + suffixLength)..];
        }

        length = text.Length - rest.Length + 1;
        return rest[0] == ']';
    }

    private static bool IsSuffix(ReadOnlySpan<byte> suffix, ref int ordinal)
    {
        if (suffix.Length <= MaxOrdinalLength && Utf8Parser.TryParse(suffix, out int number, out int read) && read == suffix.Length && number > 0)
        {
            ordinal = number;
            return true;
        }

        return suffix.StartsWith("..."u8)
            ? suffix.Length is > 3 and <= 7 && !suffix[3..].ContainsAnyExcept(TailBytes)
            : suffix.Length == HashLength && !suffix.ContainsAnyExcept(LowerHex);
    }
}
