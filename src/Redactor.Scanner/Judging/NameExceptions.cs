using System.Buffers;

namespace Redactor.Scanning.Judging;

/// <summary>Looks for the names of <see cref="ScanRule.Except"/> in what stands before a value: <c>nextPageToken: ...</c>, <c>GPG key: ...</c>.</summary>
internal sealed class NameExceptions
{
    /// <summary>The most bytes of a name that are looked at before a match: an ARN of a secret has 48 before the word <c>secret</c>.</summary>
    internal const int MaxNameLength = 64;

    private static readonly char[] Separators = ['-', '_', '.', ' '];

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/-"u8);

    /// <summary>The words of each name.</summary>
    private readonly byte[][][] names;

    // What the names begin with: few words before a value do.
    private readonly SearchValues<byte> firstBytes;

    internal NameExceptions(IReadOnlyList<string> except)
    {
        names = [.. except.Select(name => name.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(Ascii.ToLowerUtf8).ToArray())];
        char[] first = [.. names.Select(words => (char)words[0][0])];
        firstBytes = SearchValues.Create([.. first.Select(c => (byte)c), .. first.Select(c => (byte)char.ToUpperInvariant(c))]);
    }

    /// <summary>Whether the text from where the name begins before <paramref name="start"/> to <paramref name="valueStart"/> has one of the names.</summary>
    internal bool Apply(ReadOnlySpan<byte> unit, int start, int valueStart)
    {
        for (int i = NameStart(unit, start); i < valueStart; i++)
        {
            if (firstBytes.Contains(unit[i]) && Context.StartsWord(unit, i) && HasName(unit[i..valueStart]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the name begins that a match at <paramref name="start"/> may be the end of; one blank may stand in it.</summary>
    private static int NameStart(ReadOnlySpan<byte> unit, int start)
    {
        int least = Math.Max(0, start - MaxNameLength);
        bool blank = false;
        while (start > least && (NameBytes.Contains(unit[start - 1]) || (!blank && unit[start - 1] == ' ')))
        {
            blank |= unit[--start] == ' ';
        }

        return start;
    }

    private bool HasName(ReadOnlySpan<byte> text)
    {
        foreach (byte[][] name in names)
        {
            int end = EndOf(name, text);
            if (end > 0 && (end == text.Length || !char.IsAsciiLetter((char)text[end]) || Context.StartsWord(text, end)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Just behind the words of <paramref name="name"/>, each with a separator before it or none; 0 if <paramref name="text"/> does not begin with them.</summary>
    private static int EndOf(byte[][] name, ReadOnlySpan<byte> text)
    {
        int end = 0;
        foreach (byte[] word in name)
        {
            end += end > 0 && end < text.Length && Separators.Contains((char)text[end]) ? 1 : 0;
            if (!Ascii.StartsWithIgnoringCase(text[end..], word))
            {
                return 0;
            }

            end += word.Length;
        }

        return end;
    }
}
