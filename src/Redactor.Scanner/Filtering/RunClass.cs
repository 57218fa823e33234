using System.Numerics;
using System.Runtime.Intrinsics;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Atoms that are runs of one set (nine digits, 24 base64 characters) or have a long one in them, found together by the bitmap of the set's members. Immutable.
/// </summary>
/// <remarks>
/// Anding a bitmap with itself shifted down by one leaves the starts of runs of 2; that one with itself shifted by two, runs of 4; and so on
/// until the shortest atom's length. The text <c>a1234b</c> with digits as members and a length of 3, first byte left:
/// <code>
/// members       0 1 1 1 1 0
/// &amp; shifted by 1 0 1 1 1 0 0     starts of 2
/// &amp; shifted by 1 0 1 1 0 0 0     starts of 3
/// </code>
/// Longer atoms need no bitmap of their own: two starts of 3 in a row are a start of 4.
/// </remarks>
internal sealed class RunClass
{
    /// <summary>Shorter runs are too common for this, and short enough to be looked for like words.</summary>
    public const int MinLength = 8;

    /// <summary>Runs that are a part of an atom are looked for if they are at least this long, or half as long and of a rare set (digits): each asks for a look at the rest.</summary>
    public const int MinPartLength = 16;

    /// <summary>How common, as a share of positions, an atom's rarest window may be before a run in it is the better mark: one in 8 KiB.</summary>
    private const float CommonWindow = 1f / 8192;

    /// <summary>Four in a row of a rare set are at fewer positions of text than this: digits at one in 60, letters at one in 2.</summary>
    private const float RareFour = 1f / 24;

    /// <summary>How many classes a filter has at most, each at about 15 ns a KiB; atoms of further ones are looked for like words.</summary>
    public const int MaxClasses = 8;

    private readonly Entry[] entries;
    private readonly Verifier verifier;

    /// <summary>Creates the class of <paramref name="runs"/>, all of one set.</summary>
    public RunClass(IReadOnlyList<Run> runs)
    {
        Set = new AsciiSet(runs[0].Set);
        Shortest = runs.Min(run => run.Length);
        entries = [.. runs.Select(run => new Entry(run.Length - Shortest, run.Index, run.IsWhole))];
        verifier = new Verifier(runs.Select(run => new Window(run.Atom, run.Index, run.Start, 0)));
    }

    /// <summary>The members.</summary>
    public AsciiSet Set { get; }

    /// <summary>Length of the shortest run.</summary>
    public int Shortest { get; }

    /// <summary>The classes for those of <paramref name="atoms"/> that are better found by a run than by a window.</summary>
    public static List<IGrouping<(ByteSet Set, bool IsLong), Run>> Choose(IReadOnlyList<Atom> atoms) =>
    [
        .. atoms.Select((atom, index) => Run.In(atom, index))
            .Where(run => run.IsWhole ? run.Length >= MinLength : IsRare(run) && WindowPlan.RarestShare(run.Atom) > CommonWindow)
            .GroupBy(run => (run.Set, run.Length >= MinPartLength))
            .OrderByDescending(group => group.Any(run => run.IsWhole))
            .ThenByDescending(group => group.Count())
            .Take(MaxClasses),
    ];

    private static bool IsRare(Run run)
    {
        if (run.Length is < MinLength - 1 or >= MinPartLength)
        {
            return run.Length >= MinPartLength;
        }

        UInt128 symbols = TextStatistics.SymbolsOf(run.Set);
        return TextStatistics.Share(symbols, symbols, symbols, symbols) < RareFour;
    }

    /// <summary>
    /// Turns members into starts of the shortest run, in place. The last word only looks ahead for the one before it; its own bits become
    /// meaningless in the places that would need a further one.
    /// </summary>
    public void KeepStarts(Span<ulong> bits)
    {
        int word = 0;
        for (; word + Vector256<ulong>.Count < bits.Length; word += Vector256<ulong>.Count)
        {
            Vector256<ulong> now = Vector256.Create<ulong>(bits[word..]), next = Vector256.Create<ulong>(bits[(word + 1)..]);
            for (int length = 1, shift; length < Shortest; length += shift)
            {
                shift = Math.Min(length, Shortest - length);
                now &= now >>> shift | next << (64 - shift);
                next &= next >>> shift;
            }

            now.CopyTo(bits[word..]);
        }

        for (; word < bits.Length; word++)
        {
            ulong now = bits[word], next = word + 1 < bits.Length ? bits[word + 1] : 0;
            for (int length = 1, shift; length < Shortest; length += shift)
            {
                shift = Math.Min(length, Shortest - length);
                now &= now >>> shift | next << (64 - shift);
                next &= next >>> shift;
            }

            bits[word] = now;
        }
    }

    /// <summary>Reports the atoms whose runs start at <paramref name="bit"/> of the block that starts at <paramref name="start"/> of the text.</summary>
    public void Report(ReadOnlySpan<ulong> starts, ref readonly byte block, int bit, int start, in Pass pass)
    {
        int word = bit >> 6, shift = bit & 63;
        ulong from = starts[word] >> shift | (shift == 0 ? 0 : starts[word + 1] << (64 - shift));
        if ((from & 1) == 0)
        {
            return;
        }

        int following = BitOperations.TrailingZeroCount(~from) - 1;
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i].Longer > following)
            {
                continue;
            }

            if (entries[i].IsWhole)
            {
                pass.Report(start + bit, entries[i].Atom);
            }
            else
            {
                verifier.Report(i, in block, bit, start, pass);
            }
        }
    }

    private readonly record struct Entry(int Longer, int Atom, bool IsWhole);
}
