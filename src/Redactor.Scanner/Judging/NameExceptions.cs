using System.Buffers;

namespace Redactor.Scanning.Judging;

/// <summary>Looks for the words of <see cref="ScanRule.Except"/> in the name that stands before a value: <c>nextPageToken: ...</c>, <c>GPG key: ...</c>.</summary>
internal sealed class NameExceptions(IReadOnlyList<string> except)
{
    /// <summary>The most bytes of a name that are looked at before a match: an ARN of a secret has 48 before the word <c>secret</c>.</summary>
    internal const int MaxNameLength = 64;

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/-"u8);

    private readonly byte[][] words = [.. except.Select(Ascii.ToLowerUtf8)];

    /// <summary>Whether the name from where it begins before <paramref name="start"/> to <paramref name="valueStart"/> has a word that begins as one of the words does.</summary>
    internal bool Name(ReadOnlySpan<byte> unit, int start, int valueStart)
    {
        for (int i = NameStart(unit, start); i < valueStart; i++)
        {
            if (Context.StartsWord(unit, i) && StartsWithWord(unit[i..valueStart]))
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
