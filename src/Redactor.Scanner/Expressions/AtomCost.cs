namespace Redactor.Scanning.Expressions;

/// <summary>
/// A rough estimate of how often text holds a sequence, to choose between windows of one expression. It takes bytes as independent, with the
/// shares that letters, digits and marks have in telemetry; only the order of two estimates matters.
/// </summary>
internal static class AtomCost
{
    /// <summary>A choice seen more often than once in 16 bytes finds nothing that trying every byte would not.</summary>
    internal const double Limit = 1 / 16.0;

    /// <summary>One more atom to tell apart costs about as much as one candidate in a mebibyte.</summary>
    private const double PerAtom = 1.0 / (1 << 20);

    /// <summary>
    /// From this many bytes a set is a class. The bytes of a token are not independent of each other: behind a digit the next one is a digit in seven of ten
    /// cases, behind a letter in nine; the sixth root of a class's own share comes close to both. From letters to digits text changes
    /// five times less often than chance has it.
    /// </summary>
    private const int LeastClass = 8;
    private const double MostShareOfClass = 0.88;
    private const double ShareOfChange = 0.2;

    /// <summary>Ids, numbers and hashes are what telemetry is made of: a sequence without one byte that stands for itself is seen at least once in 2 KiB.</summary>
    private const double LeastOfShape = 1 / 2048.0;

    /// <summary>A set of more bytes than this holds more than the bytes of words, which are seldom longer than <see cref="LongWord"/>.</summary>
    private const int MostOfWord = 80;
    private const int LongWord = 64;

    private static readonly ByteSet Separators = ByteSet.Of(" \t\r\n-_.:/");
    private static readonly double[] Shares = MakeShares();

    [ThreadStatic]
    private static (ByteSet Set, double Share) lastAsked;

    /// <summary>The estimated share of positions at which <paramref name="sequence"/> stands, weighted by what its distance from the match's start costs.</summary>
    internal static double Of(ByteSet[] sequence, NodeLength offset, ByteSet before)
    {
        double share = 1;
        for (int i = 0; i < sequence.Length; i++)
        {
            share *= i > 0 ? ShareBehind(sequence[i - 1], sequence[i]) : ShareOf(sequence[i]);
        }

        if (Array.TrueForAll(sequence, set => set.Count >= LeastClass || (set & ~Separators).IsEmpty))
        {
            // Of two shapes the one that says more is still better.
            share = Math.Max(share, LeastOfShape + (share / 16));
        }

        // Each byte that may stand before the atom is one more start to try; a set that holds spaces and letters alike stops nowhere.
        int spread = Math.Min(offset.Max, ScanLimits.DefaultMatchLength) - offset.Min;
        int starts = before.Count > MostOfWord ? spread : Math.Min(spread, LongWord);
        return (share + PerAtom) * (1 + (starts / 8.0));
    }

    private static double ShareBehind(ByteSet previous, ByteSet set)
    {
        double share = ShareOf(set);
        return set.Count < LeastClass ? share
            : !(set & previous).IsEmpty ? Math.Min(MostShareOfClass, Math.Pow(share, 1 / 6.0))
            : previous.Count >= LeastClass ? share * ShareOfChange : share;
    }

    private static double ShareOf(ByteSet set)
    {
        // A pattern's few sets are asked for again and again.
        (ByteSet known, double share) = lastAsked;
        if (known != set)
        {
            share = set.Bytes().Sum(b => Shares[b]);
            lastAsked = (set, share);
        }

        return share;
    }

    private static double[] MakeShares()
    {
        var shares = new double[256];
        for (int b = 0; b < 256; b++)
        {
            shares[b] = (char)b switch
            {
                'e' => 0.07,
                't' or 'a' or 'o' or 'i' or 'n' or 's' or 'r' => 0.045,
                'q' or 'x' or 'j' or 'z' => 0.003,
                >= 'a' and <= 'z' => 0.02,
                >= 'A' and <= 'Z' => 0.004,
                >= '0' and <= '9' => 0.016,
                ' ' => 0.12,
                '"' or '.' or ',' or ':' or '-' or '_' or '/' or '=' or '\n' => 0.012,
                >= '!' and <= '~' => 0.003,
                _ => 0.0007,
            };
        }

        return shares;
    }
}
