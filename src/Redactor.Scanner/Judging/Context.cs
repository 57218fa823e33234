namespace Redactor.Scanning.Judging;

/// <summary>Looks for the words of <see cref="NearWords"/> around a match.</summary>
internal sealed class Context
{
    private readonly byte[][] words;
    private readonly int within;

    internal Context(NearWords near)
    {
        words = [.. near.Words.Select(Ascii.ToLowerUtf8)];
        within = near.Within;
    }

    /// <summary>
    /// Whether one of the words starts a word of the text at most <see cref="NearWords.Within"/> bytes before <paramref name="start"/> or
    /// behind <paramref name="end"/>, with no mask in between.
    /// </summary>
    internal bool IsNear(ReadOnlySpan<byte> unit, int start, int end)
    {
        int from = Math.Max(0, start - within);
        int to = Math.Min(unit.Length, end + within);
        return HasWord(unit, from, start) || HasWord(unit, end, to);
    }

    private bool HasWord(ReadOnlySpan<byte> unit, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (StartsWord(unit, i) && StartsWithWord(unit[i..to]) && !MaskText.Overlaps(unit, from, to))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a word begins at <paramref name="i"/>: not behind a letter, unless a capital follows a small one there.</summary>
    internal static bool StartsWord(ReadOnlySpan<byte> unit, int i)
    {
        if (i == 0)
        {
            return true;
        }

        byte previous = unit[i - 1];
        bool afterLetter = (byte)((previous | 0x20) - 'a') < 26 || previous >= 0x80;
        bool camelHump = unit[i] is >= (byte)'A' and <= (byte)'Z' && previous is >= (byte)'a' and <= (byte)'z';
        return !afterLetter || camelHump;
    }

    private bool StartsWithWord(ReadOnlySpan<byte> text)
    {
        foreach (byte[] word in words)
        {
            if (Ascii.StartsWithIgnoringCase(text, word))
            {
                return true;
            }
        }

        return false;
    }
}
