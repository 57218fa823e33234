using System.Numerics;
using System.Runtime.CompilerServices;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// The few windows that read too many texts to list (<c>[A-Za-z0-9]@</c>, <c>[1-9][A-Z][0-9A-Z][0-9]</c>). They are marked apart from the others, and where there are
/// no more of them than buckets each has one of its own, so that a mark is already the window. Immutable.
/// </summary>
internal sealed class ShapeWindows
{
    private readonly int[][] numbersOf;
    private readonly WindowTables tables;
    private readonly Verifier verifier;

    /// <summary>Deals the windows out to buckets of their own.</summary>
    public ShapeWindows(IReadOnlyList<Window> windows)
    {
        int buckets = Window.BucketsFor(windows.Count);
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
