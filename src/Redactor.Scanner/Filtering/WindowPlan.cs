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
    /// <summary>In how many buckets each window is tried: a short one, of which there are few, in more, as what it lets through by itself is more.</summary>
    private static int BucketsTried(WindowShape window) => window.Symbols.Length == Window.Short ? 12 : 4;

    private const int Rounds = 2;

    /// <summary>A window of <paramref name="length"/> positions for each of <paramref name="atoms"/>, given with its index: one that reads few texts if any does.</summary>
    public static List<Window> Choose<TKernel>(IReadOnlyList<(Atom Atom, int Index)> atoms, int length)
        where TKernel : struct, IBlockKernel
    {
        WindowBucket<TKernel>[] buckets = [.. Enumerable.Range(0, Window.BucketsFor(atoms.Count)).Select(_ => new WindowBucket<TKernel>(length))];
        List<PlannedAtom> planned = [.. atoms.Select(a => new PlannedAtom(a.Atom, a.Index, length, TKernel.SymbolsPassed)).OrderBy(p => p.Windows.Length).ThenByDescending(p => p.Windows[0].Share)];
        for (int round = 0; round < Rounds; round++)
        {
            foreach (PlannedAtom atom in planned)
            {
                if (atom.Bucket >= 0)
                {
                    buckets[atom.Bucket].Remove(atom);
                }

                Place(atom, buckets);
            }
        }

        return [.. planned.Select(p => new Window(p.Atom, p.Index, p.Chosen!.Offset, p.Bucket))];
    }

    private static void Place<TKernel>(PlannedAtom atom, WindowBucket<TKernel>[] buckets)
        where TKernel : struct, IBlockKernel
    {
        Span<int> promising = stackalloc int[buckets.Length];
        float least = float.MaxValue;
        foreach (WindowShape window in atom.Windows)
        {
            Order(buckets, window, promising);
            foreach (int i in promising[..BucketsTried(window)])
            {
                float added = buckets[i].ShareWith(window) - buckets[i].Share + window.Known;
                if (added < least)
                {
                    (least, atom.Bucket, atom.Chosen) = (added, i, window);
                }
            }
        }

        buckets[atom.Bucket].Add(atom);
    }

    /// <summary>Orders the buckets by what a window adds to them as far as single bytes tell: a tenth of the work of the estimate that counts.</summary>
    private static void Order<TKernel>(WindowBucket<TKernel>[] buckets, WindowShape window, Span<int> numbers)
        where TKernel : struct, IBlockKernel
    {
        Span<float> guesses = stackalloc float[buckets.Length];
        for (int i = 0; i < buckets.Length; i++)
        {
            (guesses[i], numbers[i]) = (buckets[i].Guess(window), i);
        }

        guesses.Sort(numbers);
    }
}
