using System.Buffers;
using System.Buffers.Text;

namespace Redactor.Scanning.Judging;

/// <summary>
/// The labels that masks leave behind: <c>[REDACTED:id]</c> and <c>[REDACTED:id:suffix]</c>. They are never a finding and nobody's context: no match may
/// lean on the text of one, or a second hop would mask more than the first.
/// </summary>
/// <remarks>
/// The grammar is strict, so that nothing else hides in such brackets: the id as rule ids are (lower-case letters, digits, single hyphens, at
/// most 64), for a known secret <c>known:</c> and its name, spelled as an id is; the suffix a number, three dots and at most four characters, or fingerprints: twelve hex digits, or at most two times a key's
/// id, a colon and twelve hex digits.
/// </remarks>
public static class MaskText
{
    /// <summary>The most digits that the number in a label may have.</summary>
    public const int MaxOrdinalLength = 9;

    /// <summary>What stands before the name of a known secret, as one id: <c>[REDACTED:known:prod-chat]</c>.</summary>
    public const string KnownPrefix = "known:";

    /// <summary>Greatest length of an id, or of a known secret's name.</summary>
    public const int MaxIdLength = 64;

    /// <summary>Greatest length of a label in bytes: the frame, a known secret's name of 64, and two fingerprints with the ids of their keys.</summary>
    public const int MaxLength = 11 + 6 + MaxIdLength + 1 + MaxSuffixLength;

    /// <summary>Length of a fingerprint in hex digits: 48 bits, enough that a million different secrets collide once in 500 tries.</summary>
    public const int HashLength = 12;

    /// <summary>Greatest length of the id of a fingerprint's key.</summary>
    public const int MaxKeyIdLength = 8;

    private const int MaxSuffixLength = (2 * (MaxKeyIdLength + 1 + HashLength)) + 1;
    private static readonly SearchValues<byte> LowerHex = SearchValues.Create("0123456789abcdef"u8);
    private static readonly SearchValues<byte> IdBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"u8);
    private static readonly SearchValues<byte> KeyIdBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789"u8);
    private static readonly SearchValues<byte> TailBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*"u8);

    private static ReadOnlySpan<byte> Opening => "[REDACTED:"u8;

    private static ReadOnlySpan<byte> Known => "known:"u8;

    /// <summary>Whether <paramref name="value"/> may stand behind the dots of a label.</summary>
    public static bool IsTailByte(byte value) => TailBytes.Contains(value);

    /// <summary>Whether <paramref name="id"/> may stand before a fingerprint: a lower-case letter, then at most seven of these and digits.</summary>
    public static bool IsKeyId(ReadOnlySpan<byte> id) =>
        id.Length is > 0 and <= MaxKeyIdLength && id[0] is >= (byte)'a' and <= (byte)'z' && !id.ContainsAnyExcept(KeyIdBytes);

    /// <summary>Whether <paramref name="id"/> can be a rule's, or a known secret's name.</summary>
    public static bool IsId(ReadOnlySpan<byte> id) =>
        id.Length is > 0 and <= MaxIdLength && id[0] != '-' && id[^1] != '-' && id.IndexOf("--"u8) < 0 && !id.ContainsAnyExcept(IdBytes);

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

    /// <summary>Whether a label may reach between <paramref name="start"/> and <paramref name="end"/>: there is hardly ever one, and one look is enough to say so.</summary>
    internal static bool MayBeAround(ReadOnlySpan<byte> text, int start, int end) =>
        text[Math.Max(0, start - MaxLength)..Math.Min(text.Length, end + MaxLength)].IndexOf(Opening) >= 0;

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
        rest = rest.StartsWith(Known) ? rest[Known.Length..] : rest;
        int idLength = rest.IndexOfAnyExcept(IdBytes);
        if (idLength < 1 || !IsId(rest[..idLength]))
        {
            return false;
        }

        rest = rest[idLength..];
        if (rest[0] == ':')
        {
            int suffixLength = rest[..Math.Min(rest.Length, MaxSuffixLength + 2)].IndexOf((byte)']') - 1;
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
            : IsHash(suffix) || AreFingerprints(suffix);
    }

    private static bool IsHash(ReadOnlySpan<byte> text) => text.Length == HashLength && !text.ContainsAnyExcept(LowerHex);

    /// <summary><c>k2:9f2c41d0a1b2</c>, or two of them with a colon between.</summary>
    private static bool AreFingerprints(ReadOnlySpan<byte> suffix)
    {
        for (int count = 0; count < 2; count++)
        {
            int id = suffix.IndexOf((byte)':');
            if (id < 0 || !IsKeyId(suffix[..id]) || suffix.Length < id + 1 + HashLength || !IsHash(suffix.Slice(id + 1, HashLength)))
            {
                return false;
            }

            suffix = suffix[(id + 1 + HashLength)..];
            if (suffix.IsEmpty)
            {
                return true;
            }

            if (suffix[0] != ':')
            {
                return false;
            }

            suffix = suffix[1..];
        }

        return false;
    }
}
