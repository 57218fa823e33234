namespace Redactor.Scanning.Judging;

/// <summary>
/// Recognises what a hop before this one has masked: <c>[REDACTED:rule-id]</c> or <c>[REDACTED:rule-id:more]</c>, where the parts are lower-case letters, digits,
/// hyphens and dots. A mask is nobody's context: no match may lean on its text, or a second hop would mask more than the first.
/// </summary>
public static class MaskText
{
    /// <summary>Greatest length of a mask in bytes: the frame, a rule id of 64, a name of 64.</summary>
    public const int MaxLength = 12 + 64 + 1 + 64;

    /// <summary>What a mask begins with.</summary>
    public static ReadOnlySpan<byte> Opening => "[REDACTED:"u8;

    /// <summary>The length of the mask that starts at <paramref name="position"/>; 0 if none does.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int position)
    {
        ReadOnlySpan<byte> rest = text[position..];
        if (!rest.StartsWith(Opening))
        {
            return 0;
        }

        int i = Opening.Length;
        while (i < rest.Length && i < MaxLength && IsPart(rest[i]))
        {
            i++;
        }

        return i > Opening.Length && i < rest.Length && rest[i] == (byte)']' ? i + 1 : 0;
    }

    /// <summary>Whether any byte from <paramref name="start"/> to <paramref name="end"/> belongs to a mask.</summary>
    public static bool Overlaps(ReadOnlySpan<byte> text, int start, int end)
    {
        int from = Math.Max(0, start - MaxLength);
        while (from < end)
        {
            int next = text[from..end].IndexOf((byte)'[');
            if (next < 0)
            {
                return false;
            }

            from += next;
            int length = LengthAt(text, from);
            if (length > 0 && from + length > start)
            {
                return true;
            }

            from += Math.Max(1, length);
        }

        return false;
    }

    private static bool IsPart(byte b) =>
        b is >= (byte)'a' and <= (byte)'z' or >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)':' or (byte)'.' or (byte)'_';
}
