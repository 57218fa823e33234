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
    /// <summary>How many of an atom's windows are tried: those that are rarest by themselves.</summary>
    private const int WindowsTried = 6;

    /// <summary>In how many buckets each of them is: a short one, of which there are few, in more, as what it lets through by itself is more.</summary>
    private static int BucketsTried(Shape window) => window.Symbols.Length == Window.Short ? 12 : 4;

    private const int FactorOfTexts = 4;

    private const int Rounds = 2;

    /// <summary>What passes the tables by chance ends at its key; what reads like a window's text is compared, for as much as so many of those.</summary>
    private const int CostOfText = 8;

    /// <summary>A window of <paramref name="length"/> positions for each of <paramref name="atoms"/>, given with its index: one that reads few texts if any does.</summary>
    public static List<Window> Choose<TKernel>(IReadOnlyList<(Atom Atom, int Index)> atoms, int length)
        where TKernel : struct, IBlockKernel
    {
        Bucket empty = Bucket.Of<TKernel>(new Shape(new UInt128[length], 0, 0, 0));
        Bucket[] buckets = [.. Enumerable.Repeat(empty, Window.BucketsFor(atoms.Count))];
        HashSet<Placement>[] members = [.. buckets.Select(_ => new HashSet<Placement>())];
        List<Placement> placements = [.. atoms.Select(a => new Placement(a.Atom, a.Index, length, TKernel.SymbolsPassed)).OrderBy(p => p.Windows.Length).ThenByDescending(p => p.Windows[0].Share)];
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Placement placement in placements)
            {
                if (placement.Bucket >= 0)
                {
                    members[placement.Bucket].Remove(placement);
                    buckets[placement.Bucket] = Bucket.Of<TKernel>(Union(members[placement.Bucket], length));
                }

                Place<TKernel>(placement, buckets);
                members[placement.Bucket].Add(placement);
            }
        }

        return [.. placements.Select(p => new Window(p.Atom, p.Index, p.Chosen!.Offset, p.Bucket))];
    }

    private static void Place<TKernel>(Placement placement, Bucket[] buckets)
        where TKernel : struct, IBlockKernel
    {
        float least = float.MaxValue;
        Bucket best = buckets[0];
        foreach (Shape window in placement.Windows)
        {
            foreach (int i in Promising(buckets, window))
            {
                Bucket with = buckets[i].With<TKernel>(window);
                float added = with.Share - buckets[i].Share + window.Known;
                if (added < least)
                {
                    (least, best, placement.Bucket, placement.Chosen) = (added, with, i, window);
                }
            }
        }

        buckets[placement.Bucket] = best;
    }

    /// <summary>The buckets to which a window adds least as far as single bytes tell: a tenth of the work of the estimate that counts.</summary>
    private static int[] Promising(Bucket[] buckets, Shape window)
    {
        Span<float> guesses = stackalloc float[buckets.Length];
        Span<int> numbers = stackalloc int[buckets.Length];
        for (int i = 0; i < buckets.Length; i++)
        {
            (guesses[i], numbers[i]) = (buckets[i].Guess(window), i);
        }

        guesses.Sort(numbers);
        return numbers[..BucketsTried(window)].ToArray();
    }

    private static Shape Union(HashSet<Placement> members, int length)
    {
        var union = new UInt128[length];
        foreach (Placement member in members)
        {
            Add(union, member.Chosen!);
        }

        return new Shape(union, 0, 0, 0);
    }

    private static void Add(UInt128[] union, Shape shape)
    {
        for (int i = 0; i < union.Length; i++)
        {
            union[i] |= shape.Symbols[i];
        }
    }

    /// <summary>What the positions of a window, or of all windows in a bucket, admit.</summary>
    /// <param name="Symbols">By position.</param>
    /// <param name="Offset">Where in the atom the window starts.</param>
    /// <param name="Share">The estimated share of positions that pass.</param>
    /// <param name="Known">The share of those that read like it, times <see cref="CostOfText"/>, where common words do.</param>
    private sealed record Shape(UInt128[] Symbols, int Offset, float Share, float Known);

    private sealed class Bucket
    {
        private readonly UInt128[] wanted;
        private readonly float[] shares;

        private Bucket(UInt128[] wanted, float share)
        {
            (this.wanted, Share) = (wanted, share);
            shares = [.. wanted.Select(TextStatistics.Share)];
        }

        public float Share { get; }

        public static Bucket Of<TKernel>(Shape wanted)
            where TKernel : struct, IBlockKernel => new(wanted.Symbols, TextStatistics.Share([.. wanted.Symbols.Select(TKernel.Mix)]));

        public Bucket With<TKernel>(Shape window)
            where TKernel : struct, IBlockKernel
        {
            UInt128[] union = [.. wanted];
            Add(union, window);
            return union.SequenceEqual(wanted) ? this : Of<TKernel>(new Shape(union, 0, 0, 0));
        }

        /// <summary>What the window would add if each byte stood for itself.</summary>
        public float Guess(Shape window)
        {
            float with = 1, without = 1;
            for (int i = 0; i < wanted.Length; i++)
            {
                with *= shares[i] + TextStatistics.Share(window.Symbols[i] & ~wanted[i]);
                without *= shares[i];
            }

            return with - without;
        }
    }

    private sealed class Placement
    {
        public Placement(Atom atom, int index, int length, Func<ByteSet, UInt128> symbolsPassed)
        {
            (Atom, Index) = (atom, index);
            UInt128[] symbols = [.. atom.Sets.Select(symbolsPassed), .. Enumerable.Repeat(UInt128.MaxValue, length)];
            Windows = [.. Offsets(atom, length).Select(o => At(symbols[o..(o + length)], new Window(atom, index, o, 0), length)).OrderBy(w => w.Share + w.Known).Take(WindowsTried)];
        }

        public Atom Atom { get; }

        public int Index { get; }

        public Shape[] Windows { get; }

        public Shape? Chosen { get; set; }

        public int Bucket { get; set; } = -1;

        private static Shape At(UInt128[] symbols, Window window, int length) => new(
            symbols,
            window.Offset,
            TextStatistics.Share(symbols),
            TextWindows.Reads(window, length) > TextWindows.MaxTexts ? 0 : CostOfText * CommonTexts.Share(TextWindows.Texts(window, length)));

        /// <summary>Where windows may start: those that read the fewest texts, within a factor, as every text costs room in the tables that reject.</summary>
        private static int[] Offsets(Atom atom, int length)
        {
            (int Offset, int Texts)[] all = [.. Window.Offsets(atom.Length).Select(offset => (offset, TextWindows.Reads(new Window(atom, 0, offset, 0), length)))];
            int fewest = all.Min(window => window.Texts);
            int most = fewest > TextWindows.MaxTexts ? int.MaxValue : Math.Min(TextWindows.MaxTexts, fewest * FactorOfTexts);
            return [.. all.Where(window => window.Texts <= most).Select(window => window.Offset)];
        }
    }
}
