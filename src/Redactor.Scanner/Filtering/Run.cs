using Redactor.Scanning.Automata;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// A stretch of an atom that admits members of one ASCII set only, and can only lie where a run of them starts: the byte before is no member, or a word starts there. In
/// <c>-[0-9a-f]{8}-</c> it is the eight digits, in <c>\b[0-9]{3}-[0-9]{2}</c> the first three or the last two.
/// </summary>
/// <param name="Atom">The atom.</param>
/// <param name="Index">The atom's index.</param>
/// <param name="Set">The set.</param>
/// <param name="Start">Where in the atom the stretch starts.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct Run(Atom Atom, int Index, ByteSet Set, int Start, int Length)
{
    /// <summary>Digits stand in runs of three and more a few times a line; runs of two are everywhere.</summary>
    private const int LeastDigits = 3;

    /// <summary>Runs of the bytes of words and identifiers are rare only if they are long.</summary>
    private const int LeastOfWords = 16;

    /// <summary>The ten digits.</summary>
    public static ByteSet Digits { get; } = ByteSet.Range((byte)'0', (byte)'9');

    /// <summary>Where in the atom the stretch ends.</summary>
    public int End => Start + Length;

    /// <summary>Which bytes the atom admits right before the stretch; all if it starts with it.</summary>
    public ByteSet Before => Start == 0 ? ByteSet.All : Atom.Sets[Start - 1];

    /// <summary>How many members follow the byte behind the stretch.</summary>
    public int Second => Math.Max(0, EndOfMembers(Atom, Set, End + 1) - End - 1);

    /// <summary>The sets of which an atom has a long stretch.</summary>
    public static IEnumerable<ByteSet> SetsOf(Atom atom)
    {
        for (int first = 0, end; first < atom.Length; first = end)
        {
            ByteSet set = atom.Sets[first];
            for (end = first + 1; end < atom.Length && atom.Sets[end] == set; end++)
            {
            }

            if (end - first >= LeastOfWords && (set & ByteSet.Range(0x80, 0xFF)).IsEmpty)
            {
                yield return set;
            }
        }
    }

    /// <summary>The stretch of <paramref name="set"/> to look for an atom by: the longest together with the one behind the next byte. Null if it has none that is rare.</summary>
    public static Run? In(Atom atom, int index, ByteSet set)
    {
        Run? best = null;
        for (int start = 0, end; start < atom.Length; start = end + 1)
        {
            end = EndOfMembers(atom, set, start);
            var run = new Run(atom, index, set, start, end - start);
            if (run.StartsRun && run.Length >= (set == Digits ? LeastDigits : LeastOfWords) && (best is not { } b || run.Length + run.Second > b.Length + b.Second))
            {
                best = run;
            }
        }

        return best;
    }

    private bool StartsRun => Start == 0
        ? Atom.AtWordStart && Atom.Sets[0].IsWithin(ByteClasses.Word)
        : (Atom.Sets[Start - 1] & Set).IsEmpty;

    private static int EndOfMembers(Atom atom, ByteSet set, int start)
    {
        int end = start;
        while (end < atom.Length && atom.Sets[end].IsWithin(set))
        {
            end++;
        }

        return end;
    }
}
