using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Chooses each atom's window and bucket together, so that as few places as possible of ordinary text pass the filter by chance.
/// </summary>
/// <remarks>
/// A bucket admits at each position what any of its atoms admits there, so what it lets through is the product of those sets, not their sum:
/// <c>pass</c> and <c>kind</c> together let <c>pasd</c>, <c>kass</c> and <c>pins</c> through. Atoms of like shape belong together, and
/// a window of <c>x-ap</c> is better than the <c>-key</c> of the same <c>x-api-key</c>.
/// Each atom in turn, those with the least choice first, goes where it adds least to the estimated share of positions that pass;
/// then each is taken out and placed once more, now that all others are known.
/// </remarks>
internal static class WindowPlan
{
    /// <summary>How many of an atom's windows are tried in every bucket: those that are rarest by themselves.</summary>
    private const int WindowsTried = 2;

    private const int Rounds = 2;

    /// <summary>A window for each of <paramref name="atoms"/>, given with its index.</summary>
    public static List<Window> Choose<TKernel>(IReadOnlyList<(Atom Atom, int Index)> atoms)
        where TKernel : struct, IBlockKernel
    {
        Bucket[] buckets = new Bucket[Window.Buckets];
        HashSet<Placement>[] members = [.. buckets.Select(_ => new HashSet<Placement>())];
        List<Placement> placements = [.. atoms.Select(a => new Placement(a.Atom, a.Index, TKernel.SymbolsPassed)).OrderBy(p => p.Windows.Length).ThenByDescending(p => p.Windows[0].Share)];
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Placement placement in placements)
            {
                if (placement.Bucket >= 0)
                {
                    members[placement.Bucket].Remove(placement);
                    buckets[placement.Bucket] = Bucket.Of<TKernel>(Union(members[placement.Bucket]));
                }

                Place<TKernel>(placement, buckets);
                members[placement.Bucket].Add(placement);
            }
        }

        return [.. placements.Select(p => new Window(p.Atom, p.Index, p.Chosen.Offset, p.Bucket))];
    }

    private static void Place<TKernel>(Placement placement, Bucket[] buckets)
        where TKernel : struct, IBlockKernel
    {
        float least = float.MaxValue;
        Bucket best = default;
        foreach (Shape window in placement.Windows)
        {
            for (int i = 0; i < buckets.Length; i++)
            {
                Bucket with = buckets[i].With<TKernel>(window);
                float added = with.Share - buckets[i].Share;
                if (added < least)
                {
                    (least, best, placement.Bucket, placement.Chosen) = (added, with, i, window);
                }
            }
        }

        buckets[placement.Bucket] = best;
    }

    private static Shape Union(HashSet<Placement> members)
    {
        Shape union = default;
        foreach (Placement member in members)
        {
            union |= member.Chosen;
        }

        return union;
    }

    /// <summary>What the four positions of a window, or of all windows in a bucket, admit.</summary>
    private readonly record struct Shape(UInt128 S0, UInt128 S1, UInt128 S2, UInt128 S3, int Offset, float Share)
    {
        public static Shape operator |(Shape a, Shape b) => new(a.S0 | b.S0, a.S1 | b.S1, a.S2 | b.S2, a.S3 | b.S3, 0, 0);
    }

    private readonly record struct Bucket(Shape Wanted, float Share)
    {
        public static Bucket Of<TKernel>(Shape wanted)
            where TKernel : struct, IBlockKernel =>
            new(wanted, TextStatistics.Share(TKernel.Mix(wanted.S0), TKernel.Mix(wanted.S1), TKernel.Mix(wanted.S2), TKernel.Mix(wanted.S3)));

        public Bucket With<TKernel>(Shape window)
            where TKernel : struct, IBlockKernel
        {
            Shape wanted = Wanted | window;
            return wanted == Wanted ? this : Of<TKernel>(wanted);
        }
    }

    private sealed class Placement
    {
        public Placement(Atom atom, int index, Func<ByteSet, UInt128> symbolsPassed)
        {
            (Atom, Index) = (atom, index);
            UInt128[] symbols = [.. atom.Sets.Select(symbolsPassed)];
            UInt128 At(int position) => position < symbols.Length ? symbols[position] : UInt128.MaxValue;
            Windows =
            [
                .. Offsets(atom)
                    .Select(o => new Shape(At(o), At(o + 1), At(o + 2), At(o + 3), o, TextStatistics.Share(At(o), At(o + 1), At(o + 2), At(o + 3))))
                    .OrderBy(w => w.Share)
                    .Take(WindowsTried),
            ];
        }

        public Atom Atom { get; }

        public int Index { get; }

        /// <summary>Where windows may start: those that read few texts, if there are any.</summary>
        private static int[] Offsets(Atom atom)
        {
            int[] all = [.. Enumerable.Range(0, Math.Max(1, atom.Length - Window.Length + 1))];
            int[] texts = [.. all.Where(offset => TextWindows.Holds(new Window(atom, 0, offset, 0)))];
            return texts.Length > 0 ? texts : all;
        }

        public Shape[] Windows { get; }

        public Shape Chosen { get; set; }

        public int Bucket { get; set; } = -1;
    }
}
