namespace Redactor.Scanning.Judging;

/// <summary>Searching text without regard to ASCII case.</summary>
internal static class Ascii
{
    /// <summary>Offset of the first place where <paramref name="word"/>, in lower case, stands in <paramref name="text"/> in any case; -1 if nowhere.</summary>
    public static int IndexOfIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        byte lower = word[0];
        byte upper = lower is >= (byte)'a' and <= (byte)'z' ? (byte)(lower & ~0x20) : lower;
        for (int from = 0; text.Length - from >= word.Length;)
        {
            int at = text[from..].IndexOfAny(lower, upper);
            if (at < 0 || text.Length - from - at < word.Length)
            {
                return -1;
            }

            from += at;
            if (System.Text.Ascii.EqualsIgnoreCase(text.Slice(from, word.Length), word))
            {
                return from;
            }

            from++;
        }

        return -1;
    }
}
