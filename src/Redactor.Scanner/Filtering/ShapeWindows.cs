using System.Numerics;
using System.Runtime.CompilerServices;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// The few windows that read too many texts to list (<c>[A-Za-z0-9]@</c>, <c>[1-9][A-Z][0-9A-Z][0-9]</c>). They are marked apart from the others, each with a bucket of its
/// own, so that a mark is already the window. Immutable.
/// </summary>
internal sealed class ShapeWindows
{
    /// <summary>How many sets of them a filter has at most, each with a pass of its own over the block; further ones share buckets.</summary>
    public const int MaxSets = 4;

    private readonly int[][] numbersOf;
    private readonly WindowTables tables;
    private readonly Verifier verifier;

    /// <summary>Deals <paramref name="windows"/> out to sets that have a bucket for each: two shapes in one bucket would let most of text through.</summary>
    public static ShapeWindows[] Of(IReadOnlyCollection<Window> windows) =>
        [.. windows.Chunk(Math.Max(Window.MaxBuckets, (windows.Count + MaxSets - 1) / MaxSets)).Select(set => new ShapeWindows(set))];

    private ShapeWindows(IReadOnlyList<Window> windows)
    {
        int buckets = windows.Count <= Window.MaxBuckets / 2 ? Window.MaxBuckets / 2 : Window.MaxBuckets;
        Window[] dealt = [.. windows.Select((window, number) => window with { Bucket = number % buckets })];
        tables = new WindowTables(dealt, Window.Short);
        verifier = new Verifier(dealt);
        numbersOf = [.. Enumerable.Range(0, buckets).Select(bucket => Enumerable.Range(0, dealt.Length).Where(number => dealt[number].Bucket == bucket).ToArray())];
    }

    /// <summary>Reports the atoms whose windows are in the block that starts at <paramref name="start"/> of the text.</summary>
    public void Find<TKernel>(ref readonly byte block, int start, int length, Pass pass)
        where TKernel : struct, IBlockKernel
    {
        Span<ulong> marks = pass.Bitmap((length + 63) / 64);
        TKernel.MarkWindows(tables, in block, marks);
        int found = BitPositions.Flatten(marks, pass.Positions);
        foreach (ushort position in pass.Positions[..found])
        {
            ref byte first = ref Unsafe.Add(ref Unsafe.AsRef(in block), position);
            uint buckets = tables.Buckets(0)[first];
            for (int i = 1; i < Window.Short; i++)
            {
                buckets &= tables.Buckets(i)[Unsafe.Add(ref first, i)];
            }

            for (; buckets != 0; buckets &= buckets - 1)
            {
                foreach (int number in numbersOf[BitOperations.TrailingZeroCount(buckets)])
                {
                    verifier.Report(number, in block, position, start, pass);
                }
            }
        }
    }
}
