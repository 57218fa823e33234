using System.Numerics;
using Redactor.Scanning.Filtering.Kernels;

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

    private readonly AsciiSet set;
    private readonly int shortest;
    private readonly Entry[] entries;

    private RunClass(IReadOnlyList<(Atom Atom, int Index)> atoms)
    {
        set = new AsciiSet(atoms[0].Atom.Sets[0]);
        shortest = atoms.Min(a => a.Atom.Length);
        entries = [.. atoms.Select(a => new Entry(a.Atom.Length - shortest, a.Index))];
    }

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

    /// <summary>Reports the atoms that start in the block that starts at <paramref name="start"/> of the text.</summary>
    public void Find<TKernel>(ref readonly byte block, int start, int length, Pass pass)
        where TKernel : struct, IBlockKernel
    {
        Span<ulong> starts = pass.Bitmap(((length + 63) / 64) + 1);
        TKernel.MarkMembers(set, in block, starts);
        pass.ClearBehindText(starts, start);
        BitRuns.KeepStarts(starts, shortest);
        int found = BitPositions.Flatten(starts[..^1], pass.Positions);
        foreach (ushort bit in pass.Positions[..found])
        {
            int word = bit >> 6, shift = bit & 63;
            ulong from = starts[word] >> shift | starts[word + 1] << 1 << (63 - shift);
            int following = BitOperations.TrailingZeroCount(~from) - 1;
            foreach (Entry entry in entries)
            {
                if (entry.Longer <= following)
                {
                    pass.Report(start + bit, entry.Atom);
                }
            }
        }
    }

    private readonly record struct Entry(int Longer, int Atom);
}
