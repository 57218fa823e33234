using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Finds all atoms in one pass, a block of 4 KiB at a time, in four steps of which each leaves much less to the next.
/// </summary>
/// <remarks>
/// The text <c>see x-api-key: 7</c> and the atom <c>[xX]-[aA][pP][iI]-[kK][eE][yY]</c>, whose window is <c>x-ap</c>:
/// <list type="number">
/// <item><b>Mark.</b> The kernel looks every byte up in four tables, one for each position of a window, each entry a bit for each of 16 buckets.
/// At <c>x</c> the tables for <c>x</c>, <c>-</c>, <c>a</c> and <c>p</c> have bucket 5's bit in common, so a bit is set there: in text, one
/// place in 50 to 200. 64 bytes take 16 lookups and no branch.</item>
/// <item><b>Flatten.</b> The few bits become a list of positions.</item>
/// <item><b>Reject.</b> The next four bytes are hashed into a bitmap of all windows' texts; nine in ten marks were chance (<c>k-ap</c> has the
/// bytes of bucket 5 too) and end here, without a branch that could be mispredicted.</item>
/// <item><b>Verify.</b> The atoms of that hash are compared as a whole: <c>x-api-key</c> at 4.</item>
/// </list>
/// Runs of one set (nine digits) have no rare window and go another way (<see cref="RunClass"/>) over the same block.
/// <para>
/// The last block, and so every short text, is copied between two strips of zeros: no step ever asks where the text ends but the last.
/// </para>
/// </remarks>
/// <typeparam name="TKernel">The code for this processor.</typeparam>
internal sealed class BlockFilter<TKernel> : Filter
    where TKernel : struct, IBlockKernel
{
    private readonly RunClass[] runs;
    private readonly WindowIndex? windows;

    /// <summary>Builds the filter.</summary>
    public BlockFilter(IReadOnlyList<Atom> atoms)
    {
        List<IGrouping<(ByteSet, bool), Run>> classes = RunClass.Choose(atoms);
        HashSet<int> inRuns = [.. classes.SelectMany(runs => runs).Select(run => run.Index)];
        runs = [.. classes.Select(runs => new RunClass([.. runs]))];
        (Atom, int)[] others = [.. atoms.Select((atom, index) => (atom, index)).Where(a => !inRuns.Contains(a.index))];
        windows = others.Length == 0 ? null : new WindowIndex(WindowPlan.Choose<TKernel>(others));
    }

    /// <inheritdoc/>
    public override FilterEngine Engine => TKernel.Engine;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void Find(ReadOnlySpan<byte> text, CandidateList candidates)
    {
        Span<ulong> bitmaps = stackalloc ulong[(2 + RunClass.MaxClasses) * (Block.MaxWords + 1)];
        Span<ushort> positions = stackalloc ushort[Block.MaxWords * 64 + BitPositions.Slack];
        Pass pass = new(text.Length, positions, bitmaps, candidates);
        int start = 0;
        for (; text.Length - start >= Block.Length + Block.Lookahead; start += Block.Length)
        {
            FindInBlock(in MemoryMarshal.GetReference(text[start..]), start, Block.Length, pass);
        }

        if (start < text.Length)
        {
            FindInTail(text, start, pass);
        }
    }

    [SkipLocalsInit]
    private void FindInTail(ReadOnlySpan<byte> text, int start, Pass pass)
    {
        int length = text.Length - start, before = Math.Min(start, Block.Lookbehind);
        int words = (length + 63) / 64;
        Span<byte> copy = stackalloc byte[Block.Lookbehind + Block.MaxWords * 64 + Block.Lookahead];
        text.Slice(start - before).CopyTo(copy[(Block.Lookbehind - before)..]);
        copy.Slice(Block.Lookbehind + length, words * 64 - length + Block.Lookahead).Clear();
        FindInBlock(in copy[Block.Lookbehind], start, length, pass);
    }

    private void FindInBlock(ref readonly byte block, int start, int length, Pass pass)
    {
        int words = (length + 63) / 64;
        Span<ushort> marked = default;
        if (windows is not null)
        {
            Span<ulong> marks = pass.Bitmap(0, words);
            TKernel.MarkWindows(windows.Tables, in block, marks);
            int found = BitPositions.Flatten(marks, pass.Positions);
            marked = pass.Positions[..windows.Reject(in block, pass.Positions[..found])];
        }

        // The two lists are merged by position.
        int next = 0;
        if (runs.Length > 0)
        {
            ReadOnlySpan<ulong> anyRun = FindRuns(in block, start, length, pass);
            for (int word = 0; word < words; word++)
            {
                for (ulong rest = anyRun[word]; rest != 0; rest &= rest - 1)
                {
                    int bit = word * 64 + BitOperations.TrailingZeroCount(rest);
                    for (; next < marked.Length && marked[next] < bit; next++)
                    {
                        windows!.Report(in block, marked[next], start, pass);
                    }

                    ReportRuns(in block, bit, start, pass);
                }
            }
        }

        for (; next < marked.Length; next++)
        {
            windows!.Report(in block, marked[next], start, pass);
        }
    }

    private ReadOnlySpan<ulong> FindRuns(ref readonly byte block, int start, int length, Pass pass)
    {
        int words = (length + 63) / 64;
        bool last = start + length == pass.TextLength;
        Span<ulong> any = pass.Bitmap(1, words);
        any.Clear();
        for (int i = 0; i < runs.Length; i++)
        {
            Span<ulong> starts = pass.Bitmap(2 + i, words + 1);
            TKernel.MarkMembers(runs[i].Set, in block, starts);
            if (last)
            {
                // The zeros behind the text are no members.
                starts[words] = 0;
                starts[words - 1] &= ulong.MaxValue >> (-length & 63);
            }

            runs[i].KeepStarts(starts);
            for (int word = 0; word < words; word++)
            {
                any[word] |= starts[word];
            }
        }

        return any;
    }

    private void ReportRuns(ref readonly byte block, int bit, int start, Pass pass)
    {
        for (int i = 0; i < runs.Length; i++)
        {
            runs[i].Report(pass.Bitmap(2 + i, Block.MaxWords + 1), in block, bit, start, pass);
        }
    }
}
