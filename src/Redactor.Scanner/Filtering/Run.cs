using Redactor.Scanning.Automata;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// A stretch of one ASCII set in an atom that can only lie at the start of a run: the byte before is no member, or a word starts there. In
/// <c>-[0-9a-f]{8}-</c> it is the eight digits, in <c>\b[0-9]{3}-[0-9]{2}</c> the first three or the last two.
/// </summary>
/// <param name="Atom">The atom.</param>
/// <param name="Index">The atom's index.</param>
/// <param name="Start">Where in the atom the stretch starts.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct Run(Atom Atom, int Index, int Start, int Length)
{
    /// <summary>Digits stand in runs of three and more a few times a line; runs of two are everywhere.</summary>
    private const int LeastDigits = 3;

    /// <summary>Runs of the bytes of words and identifiers are rare only if they are long.</summary>
    private const int LeastOfWords = 16;

    private static readonly ByteSet Digits = ByteSet.Range((byte)'0', (byte)'9');

    /// <summary>The set.</summary>
    public ByteSet Set => Atom.Sets[Start + Length - 1];

    /// <summary>The stretch to look for an atom by: the longest of digits, else of another set. Null if it has none that is rare.</summary>
    public static Run? In(Atom atom, int index)
    {
        Run? best = null;
        for (int first = 0, end; first < atom.Length; first = end)
        {
            ByteSet set = atom.Sets[first];
            for (end = first + 1; end < atom.Length && atom.Sets[end] == set; end++)
            {
            }

            // What stands before and admits members only belongs to the run: [12][0-9]{14} is one of 15 digits.
            int start = first;
            while (start > 0 && (atom.Sets[start - 1] & ~set).IsEmpty)
            {
                start--;
            }

            var run = new Run(atom, index, start, end - start);
            if (run.StartsRun && (set & ByteSet.Range(0x80, 0xFF)).IsEmpty
                && run.Length >= (set == Digits ? LeastDigits : LeastOfWords)
                && (best is not { } b || (set != Digits, -run.Length).CompareTo((b.Set != Digits, -b.Length)) < 0))
            {
                best = run;
            }
        }

        return best;
    }

    private bool StartsRun => Start == 0
        ? Atom.AtWordStart && (Atom.Sets[0] & ~ByteClasses.Word).IsEmpty
        : (Atom.Sets[Start - 1] & Set).IsEmpty;
}
