using System.Text;

namespace Redactor.Scanning.Judging;

/// <summary>
/// Tells whether a short text holds one of a few dozen words, in one pass: two neighbouring bytes say for nearly every place that none of them starts there. Immutable.
/// </summary>
internal sealed class WordSearch
{
    // Pairs of six bits of each byte: letters of either case are one.
    private const int Pairs = 1 << 12;

    private readonly ulong[] starts = new ulong[Pairs / 64];
    private readonly Dictionary<int, byte[][]> wordsOf;
    private readonly bool ignoreCase;

    /// <summary>Creates a search for <paramref name="words"/>, each of two bytes or more in UTF-8, and in lower case where that is ignored.</summary>
    public WordSearch(bool ignoreCase, params string[] words)
    {
        this.ignoreCase = ignoreCase;
        wordsOf = words.Select(Encoding.UTF8.GetBytes).GroupBy(word => PairOf(word[0], word[1])).ToDictionary(group => group.Key, group => group.ToArray());
        foreach (int pair in wordsOf.Keys)
        {
            starts[pair >> 6] |= 1UL << pair;
        }
    }

    /// <summary>Whether one of the words stands in <paramref name="text"/>.</summary>
    public bool IsIn(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<ulong> bits = starts;
        for (int i = 0; i + 1 < text.Length; i++)
        {
            int pair = PairOf(text[i], text[i + 1]);
            if ((bits[pair >> 6] >> pair & 1) != 0 && StartsWithWord(text[i..], pair))
            {
                return true;
            }
        }

        return false;
    }

    private bool StartsWithWord(ReadOnlySpan<byte> text, int pair)
    {
        foreach (byte[] word in wordsOf[pair])
        {
            if (ignoreCase ? Ascii.StartsWithIgnoringCase(text, word) : text.StartsWith(word))
            {
                return true;
            }
        }

        return false;
    }

    private static int PairOf(byte first, byte second) => SixBits(first) << 6 | SixBits(second);

    private static int SixBits(byte value) => (value & 0x1F) | (value >> 1 & 0x20);
}
