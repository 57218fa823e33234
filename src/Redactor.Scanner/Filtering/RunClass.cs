using System.Numerics;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Atoms that are nothing but a run of one set (24 base64 characters) and count wherever in a longer run they are, found together by the bitmap of the set's members (<see cref="BitRuns"/>). Longer atoms need no bitmap of their own: two starts of 3 in a row are a start of 4. Immutable.
/// </summary>
internal sealed class RunClass
{
    /// <summary>Shorter runs are too common for this, and short enough to be looked for like words.</summary>
    public const int MinLength = 8;

    /// <summary>How many classes a filter has at most, each with a pass of its own over the block; atoms of further ones are looked for like words.</summary>
    public const int MaxClasses = 4;

    private readonly Entry[] entries;

    private RunClass(IReadOnlyList<(Atom Atom, int Index)> atoms)
    {
        Set = new AsciiSet(atoms[0].Atom.Sets[0]);
        Shortest = atoms.Min(a => a.Atom.Length);
        entries = [.. atoms.Select(a => new Entry(a.Atom.Length - Shortest, a.Index))];
    }

    /// <summary>The members.</summary>
    public AsciiSet Set { get; }

    /// <summary>Length of the shortest run.</summary>
    public int Shortest { get; }

    /// <summary>The classes for those of <paramref name="atoms"/> that are runs, but for the ones chosen before; adds them to those.</summary>
    public static RunClass[] Choose(IReadOnlyList<Atom> atoms, HashSet<int> chosen)
    {
        IGrouping<ByteSet, (Atom Atom, int Index)>[] classes =
        [
            .. atoms.Select((atom, index) => (Atom: atom, Index: index))
                .Where(a => !chosen.Contains(a.Index) && IsRun(a.Atom))
                .GroupBy(a => a.Atom.Sets[0])
                .OrderByDescending(group => group.Count())
                .Take(MaxClasses),
        ];
        chosen.UnionWith(classes.SelectMany(group => group).Select(a => a.Index));
        return [.. classes.Select(group => new RunClass([.. group]))];
    }

    private static bool IsRun(Atom atom) =>
        atom.Length >= MinLength && !atom.AtWordStart && atom.Sets.All(set => set == atom.Sets[0]) && (atom.Sets[0] & ByteSet.Range(0x80, 0xFF)).IsEmpty;

    /// <summary>Reports the atoms whose runs start at <paramref name="bit"/> of the block that starts at <paramref name="start"/> of the text.</summary>
    public void Report(ReadOnlySpan<ulong> starts, int bit, int start, in Pass pass)
    {
        int word = bit >> 6, shift = bit & 63;
        ulong from = starts[word] >> shift | (shift == 0 ? 0 : starts[word + 1] << (64 - shift));
        int following = BitOperations.TrailingZeroCount(~from) - 1;
        foreach (Entry entry in entries)
        {
            if (entry.Longer <= following)
            {
                pass.Report(start + bit, entry.Atom);
            }
        }
    }

    private readonly record struct Entry(int Longer, int Atom);
}
