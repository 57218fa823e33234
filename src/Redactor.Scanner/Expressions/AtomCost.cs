using Redactor.Scanning.Filtering;

namespace Redactor.Scanning.Expressions;

/// <summary>
/// A rough estimate of how often text holds a sequence, to choose between windows of one expression: by which byte follows which (<see cref="TextStatistics"/>), mended
/// where text has more than pairs, in words and in runs of one class. Only the order of two estimates matters.
/// </summary>
internal static class AtomCost
{
    /// <summary>A choice seen more often than once in 16 bytes finds nothing that trying every byte would not.</summary>
    internal const double Limit = 1 / 16.0;

    /// <summary>One more atom to tell apart costs about as much as one candidate in 16 MiB.</summary>
    private const double PerAtom = 1.0 / (1 << 24);

    /// <summary>
    /// Letters in a row are a word, and words are no chance: <c>http</c> and <c>address</c> are seen a thousand times as often as their pairs say. A word of up to
    /// eight letters is taken to be seen once in 32 KiB at least; each further letter halves that.
    /// </summary>
    private const double LeastOfWord = 1.0 / (1 << 15);
    private const int CommonWord = 8, LeastLetters = 3;

    /// <summary>From this many bytes a set is a class. Behind a byte of a token's class the next one is of it, too, in nine of ten cases: numbers and ids are long.</summary>
    private const int LeastClass = 8;
    private const double StayInClass = 0.9;

    /// <summary>Ids, numbers and hashes are what telemetry is made of: a sequence that reads like no text is seen at least once in 4 KiB.</summary>
    private const double LeastOfShape = 1 / 4096.0;

    /// <summary>A set of more bytes than this holds more than the bytes of words, which are seldom longer than <see cref="LongWord"/>.</summary>
    private const int MostOfWord = 80;
    private const int LongWord = 64;

    private const int MostKnown = 4096;

    // Also what makes "https://" one word.
    private static readonly ByteSet Letters = ByteSet.Range((byte)'a', (byte)'z') | ByteSet.Range((byte)'A', (byte)'Z') | ByteSet.Of(":/");

    [ThreadStatic]
    private static Dictionary<(ByteSet Previous, ByteSet Set), double>? knownPairs;

    /// <summary>The estimated share of positions at which <paramref name="sequence"/> stands, weighted by what its distance from the match's start costs.</summary>
    internal static double Of(ByteSet[] sequence, NodeLength offset, ByteSet before)
    {
        double share = ByPairs(sequence);
        for (int i = 0, length; i < sequence.Length; i += length)
        {
            length = RunAt(sequence, i);
            share *= length > 1 ? Math.Max(1, LeastOf(sequence, i, length) / ByPairs(sequence.AsSpan(i, length))) : 1;
        }

        if (!ReadsLikeText(sequence))
        {
            // Of two shapes the one that says more is still better.
            share = Math.Max(share, LeastOfShape + (share / 4));
        }

        // Each byte that may stand before the atom is one more start to try; a set that holds spaces and letters alike stops nowhere.
        int spread = Math.Min(offset.Max, ScanLimits.DefaultMatchLength) - offset.Min;
        int starts = before.Count > MostOfWord ? spread : Math.Min(spread, LongWord);
        return (share + PerAtom) * (1 + (starts / 8.0));
    }

    /// <summary>How many letters stand in a row at <paramref name="start"/>, or how often one class; else one.</summary>
    private static int RunAt(ByteSet[] sequence, int start)
    {
        ByteSet first = sequence[start];
        int length = 1;
        while (start + length < sequence.Length && (IsLetter(first) ? IsLetter(sequence[start + length]) : first.Count >= LeastClass && sequence[start + length] == first))
        {
            length++;
        }

        return length;
    }

    /// <summary>Whether four positions in a row stand for so few texts that the filter can look them up: <see cref="TextWindows.LengthFor(Atom)"/> in short.</summary>
    private static bool ReadsLikeText(ByteSet[] sequence)
    {
        for (int start = 0; start == 0 || start + Window.Short <= sequence.Length; start++)
        {
            int texts = 1;
            for (int i = start; i < start + Window.Short && texts <= TextWindows.MaxTexts; i++)
            {
                texts *= i >= sequence.Length ? TextWindows.MaxTexts : IsLetter(sequence[i]) ? 1 : sequence[i].Count;
            }

            if (texts <= TextWindows.MaxTexts)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The least share that the run of letters or of one class is taken to have.</summary>
    private static double LeastOf(ByteSet[] sequence, int start, int length) =>
        !IsLetter(sequence[start]) ? ByPairs(sequence.AsSpan(start, 1)) * Math.Pow(StayInClass, length - 1)
        : length >= LeastLetters ? Math.ScaleB(LeastOfWord, Math.Min(0, CommonWord - length))
        : 0;

    private static double ByPairs(ReadOnlySpan<ByteSet> sequence)
    {
        double share = ShareBehind(ByteSet.All, sequence[0]);
        for (int i = 1; i < sequence.Length; i++)
        {
            share *= ShareBehind(sequence[i - 1], sequence[i]);
        }

        return share;
    }

    /// <summary>Of the bytes behind one of <paramref name="previous"/>, the share that is in <paramref name="set"/>. A rule's few pairs are asked for again and again.</summary>
    private static double ShareBehind(ByteSet previous, ByteSet set)
    {
        if (IsLetter(previous) && IsLetter(set))
        {
            // Nearly all words are small; a letter of either case stands for the small one's share.
            return TextStatistics.Behind(previous.Greatest, set.Greatest);
        }

        if (knownPairs is null || knownPairs.Count > MostKnown)
        {
            knownPairs = [];
        }

        if (!knownPairs.TryGetValue((previous, set), out double share))
        {
            UInt128 before = TextStatistics.SymbolsOf(previous);
            share = TextStatistics.Share([before, TextStatistics.SymbolsOf(set)]) / TextStatistics.Share(before);
            knownPairs.Add((previous, set), share);
        }

        return share;
    }

    private static bool IsLetter(ByteSet set) => set.Count <= 2 && set.IsWithin(Letters);
}
