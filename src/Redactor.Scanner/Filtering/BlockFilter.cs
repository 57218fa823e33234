using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Finds all atoms in one pass, a block of 4 KiB at a time, in four steps of which each leaves much less to the next.
/// </summary>
/// <remarks>
/// The text <c>see x-api-key: 7</c> and the atom <c>[xX]-[aA][pP][iI]-[kK][eE][yY]</c>, whose window is <c>x-api-</c>:
/// <list type="number">
/// <item><b>Mark.</b> The kernel looks every byte up in six tables, one for each position of a window, each entry a bit for each of 32 buckets.
/// At <c>x</c> the tables for <c>x</c>, <c>-</c>, <c>a</c> and so on have bucket 5's bit in common, so a bit is set there: with 2,200 atoms, one
/// place of text in twenty. 64 bytes take 24 or 48 lookups and no branch.</item>
/// <item><b>Flatten.</b> The few bits become a list of positions.</item>
/// <item><b>Reject.</b> The next six bytes are hashed into a bitmap of all windows' texts; four in five marks were chance (<c>k-abi-</c> has the bytes of bucket 5
/// too) and end here, without a branch that could be mispredicted.</item>
/// <item><b>Verify.</b> The atoms of that hash are compared as a whole: <c>x-api-key</c> at 4.</item>
/// </list>
/// Atoms of three to five letters (<c>key</c>, <c>tel</c>) go the same way for themselves, with windows of four bytes: in the tables of the longer ones they would
/// let through what those reject. Numbers, ids and hashes have no rare window and go another way over the same block (<see cref="RunStarts"/>, <see cref="RunClass"/>). Each way's
/// candidates are in order, and are merged at the block's end.
/// <para>
/// The last block, and so every short text, is copied between two strips of zeros: no step ever asks where the text ends but the last.
/// </para>
/// </remarks>
/// <typeparam name="TKernel">The code for this processor.</typeparam>
internal sealed class BlockFilter<TKernel> : Filter
    where TKernel : struct, IBlockKernel
{
    private readonly RunStarts[] starts;
    private readonly RunClass[] runs;
    private readonly TextWindows[] texts;
    private readonly ShapeWindows[] shapes;

    /// <summary>Builds the filter.</summary>
    public BlockFilter(IReadOnlyList<Atom> atoms)
    {
        HashSet<int> chosen = [];
        starts = RunStarts.Choose(atoms, chosen);
        runs = RunClass.Choose(atoms, chosen);
        ILookup<int, (Atom Atom, int Index)> others = atoms.Select((atom, index) => (Atom: atom, Index: index))
            .Where(a => !chosen.Contains(a.Index)).ToLookup(a => TextWindows.LengthFor(a.Atom));
        texts = [.. others.Where(group => group.Key > 0).OrderBy(group => group.Key).Select(group => new TextWindows(WindowPlan.Choose<TKernel>([.. group], group.Key), group.Key))];
        shapes = others.Contains(0) ? ShapeWindows.Of(WindowPlan.Choose<TKernel>([.. others[0]], Window.Short)) : [];
    }

    /// <inheritdoc/>
    public override FilterEngine Engine => TKernel.Engine;

    /// <inheritdoc/>
    public override int Find(ReadOnlySpan<byte> text, int from, int until, CandidateList candidates, bool oneUnit)
    {
        var pass = Pass.Begin(text.Length, candidates, oneUnit);
        int start = from;
        for (; start < until && text.Length - start >= Block.Length + Block.Lookahead; start += Block.Length)
        {
            FindInBlock(in MemoryMarshal.GetReference(text[start..]), start, Block.Length, pass);
        }

        if (start >= until || start == text.Length)
        {
            return start;
        }

        FindInTail(text, start, pass);
        return text.Length;
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
        pass.BeginBlock();
        var ahead = new Prefetch(in block, pass.TextLength - start);
        foreach (TextWindows windows in texts)
        {
            ahead.Next();
            windows.Find<TKernel>(in block, start, length, pass);
            pass.EndKind();
        }

        ahead.Next();
        foreach (ShapeWindows set in shapes)
        {
            set.Find<TKernel>(in block, start, length, pass);
            pass.EndKind();
        }

        ahead.Next();
        foreach (RunClass run in runs)
        {
            run.Find<TKernel>(in block, start, length, pass);
            pass.EndKind();
        }

        FindStarts(in block, start, (length + 63) / 64, pass);
    }

    /// <summary>Most blocks have runs of no class that are long enough; only the others ask where words start.</summary>
    private void FindStarts(ref readonly byte block, int start, int words, Pass pass)
    {
        bool any = false;
        Span<ulong> bits = pass.Bitmap(starts.Length * (words + 1)), marks = pass.Bitmap(starts.Length * (words + 1));
        for (int i = 0; i < starts.Length; i++)
        {
            any |= starts[i].Mark<TKernel>(in block, start, bits.Slice(i * (words + 1), words + 1), marks.Slice(i * (words + 1), words + 1), pass);
        }

        if (!any)
        {
            return;
        }

        var wordMarks = WordMarks.Of<TKernel>(in block, start, words, pass);
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i].Report(in block, start, wordMarks, bits.Slice(i * (words + 1), words + 1), marks.Slice(i * (words + 1), words + 1), pass);
            pass.EndKind();
        }
    }
}
