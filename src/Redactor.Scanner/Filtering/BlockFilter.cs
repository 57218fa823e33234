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
/// At <c>x</c> the tables for <c>x</c>, <c>-</c>, <c>a</c> and <c>p</c> have bucket 5's bit in common, so a bit is set there: with 1,700 atoms, one
/// place of text in four. 64 bytes take 16 lookups and no branch.</item>
/// <item><b>Flatten.</b> The few bits become a list of positions.</item>
/// <item><b>Reject.</b> The next four bytes are hashed into a bitmap of all windows' texts; nine in ten marks were chance (<c>k-ap</c> has the
/// bytes of bucket 5 too) and end here, without a branch that could be mispredicted.</item>
/// <item><b>Verify.</b> The atoms of that hash are compared as a whole: <c>x-api-key</c> at 4.</item>
/// </list>
/// Numbers, ids and hashes have no rare window and go another way over the same block (<see cref="RunStarts"/>, <see cref="RunClass"/>).
/// <para>
/// The last block, and so every short text, is copied between two strips of zeros: no step ever asks where the text ends but the last.
/// </para>
/// </remarks>
/// <typeparam name="TKernel">The code for this processor.</typeparam>
internal sealed class BlockFilter<TKernel> : Filter
    where TKernel : struct, IBlockKernel
{
    // Bitmaps of a block: window marks, any run, bytes that can stand before a length, bytes of words, marks of shapes; then a pair for each class of run starts, and one for each class of runs.
    private const int Marks = 0, AnyRun = 1, BeforeLength = 2, Words = 3, Shapes = 4, FirstClass = 5;
    private const int Bitmaps = FirstClass + (2 * RunStarts.MaxClasses) + RunClass.MaxClasses;

    private readonly RunStarts[] starts;
    private readonly RunClass[] runs;
    private readonly TextWindows? texts;
    private readonly ShapeWindows? shapes;

    /// <summary>Builds the filter.</summary>
    public BlockFilter(IReadOnlyList<Atom> atoms)
    {
        HashSet<int> chosen = [];
        starts = RunStarts.Choose(atoms, chosen);
        runs = RunClass.Choose(atoms, chosen);
        ILookup<bool, (Atom Atom, int Index)> others = atoms.Select((atom, index) => (Atom: atom, Index: index))
            .Where(a => !chosen.Contains(a.Index)).ToLookup(a => TextWindows.Holds(a.Atom));
        texts = others.Contains(true) ? new TextWindows(WindowPlan.Choose<TKernel>([.. others[true]])) : null;
        shapes = others.Contains(false) ? new ShapeWindows(WindowPlan.Choose<TKernel>([.. others[false]])) : null;
    }

    /// <inheritdoc/>
    public override FilterEngine Engine => TKernel.Engine;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void Find(ReadOnlySpan<byte> text, CandidateList candidates)
    {
        Span<ulong> bitmaps = stackalloc ulong[Bitmaps * (Block.MaxWords + 1)];
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
        Span<ulong> marks = pass.Bitmap(Marks, words);
        if (texts is not null)
        {
            TKernel.MarkWindows(texts.Tables, in block, marks);
            int found = BitPositions.Flatten(marks, pass.Positions);
            marked = pass.Positions[..texts.Reject(in block, pass.Positions[..found])];
        }

        // Both lists are merged by position.
        int next = 0;
        if (starts.Length + runs.Length > 0 || shapes is not null)
        {
            ReadOnlySpan<ulong> anyRun = FindRunsAndShapes(in block, start, length, pass);
            for (int word = 0; word < words; word++)
            {
                for (ulong rest = anyRun[word]; rest != 0; rest &= rest - 1)
                {
                    int bit = word * 64 + BitOperations.TrailingZeroCount(rest);
                    for (; next < marked.Length && marked[next] < bit; next++)
                    {
                        texts!.Report(in block, marked[next], start, pass);
                    }

                    ReportRunsAndShapes(in block, bit, start, pass);
                }
            }
        }

        for (; next < marked.Length; next++)
        {
            texts!.Report(in block, marked[next], start, pass);
        }
    }

    private ReadOnlySpan<ulong> FindRunsAndShapes(ref readonly byte block, int start, int length, Pass pass)
    {
        int words = (length + 63) / 64;
        Span<ulong> any = pass.Bitmap(AnyRun, words), beforeLength = pass.Bitmap(BeforeLength, words);
        any.Clear();
        if (shapes is not null)
        {
            TKernel.MarkWindows(shapes.Tables, in block, any);
            any.CopyTo(pass.Bitmap(Shapes, words));
        }

        TKernel.MarkMembers(RunStarts.NeverBeforeLength, in block, beforeLength);
        for (int word = 0; word < words; word++)
        {
            beforeLength[word] = ~beforeLength[word];
        }

        Span<ulong> inWords = pass.Bitmap(Words, words);
        TKernel.MarkMembers(RunStarts.Word, in block, inWords);
        int bitmap = FirstClass;
        foreach (RunStarts runStarts in starts)
        {
            Span<ulong> members = MarkMembers(runStarts.Set, in block, start, length, bitmap++, pass);
            Span<ulong> marks = pass.Bitmap(bitmap++, words + 1);
            if (runStarts.Mark(members, inWords, beforeLength, in block, start, marks))
            {
                Join(any, marks);
            }
        }

        foreach (RunClass run in runs)
        {
            Span<ulong> members = MarkMembers(run.Set, in block, start, length, bitmap++, pass);
            BitRuns.KeepStarts(members, run.Shortest);
            Join(any, members);
        }

        return any;
    }

    /// <summary>Marks members in the block and in one word behind it, where runs go on.</summary>
    private static Span<ulong> MarkMembers(AsciiSet set, ref readonly byte block, int start, int length, int bitmap, Pass pass)
    {
        int words = (length + 63) / 64;
        Span<ulong> members = pass.Bitmap(bitmap, words + 1);
        TKernel.MarkMembers(set, in block, members);
        if (start + length == pass.TextLength)
        {
            // The zeros behind the text are no members.
            members[words] = 0;
            members[words - 1] &= ulong.MaxValue >> (-length & 63);
        }

        return members;
    }

    private static void Join(Span<ulong> any, ReadOnlySpan<ulong> marks)
    {
        for (int word = 0; word < any.Length; word++)
        {
            any[word] |= marks[word];
        }
    }

    private void ReportRunsAndShapes(ref readonly byte block, int bit, int start, Pass pass)
    {
        int word = bit >> 6, bitmap = FirstClass;
        ulong mask = 1UL << (bit & 63);
        if (shapes is not null && (pass.Bitmap(Shapes, Block.MaxWords)[word] & mask) != 0)
        {
            shapes.Report(in block, bit, start, pass);
        }

        foreach (RunStarts runStarts in starts)
        {
            ReadOnlySpan<ulong> members = pass.Bitmap(bitmap++, Block.MaxWords + 1);
            if ((pass.Bitmap(bitmap++, Block.MaxWords)[word] & mask) != 0)
            {
                runStarts.Report(members, in block, bit, start, pass);
            }
        }

        foreach (RunClass run in runs)
        {
            ReadOnlySpan<ulong> marks = pass.Bitmap(bitmap++, Block.MaxWords + 1);
            if ((marks[word] & mask) != 0)
            {
                run.Report(marks, bit, start, pass);
            }
        }
    }
}
