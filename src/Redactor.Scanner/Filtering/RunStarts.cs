using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Redactor.Scanning.Automata;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Atoms of numbers, ids and hashes, which have no rare bytes: found by where runs of one set start, how long they are and what follows. Immutable.
/// </summary>
/// <remarks>
/// Of the text <c>on 2026-11-21</c> and the digits, first byte left:
/// <code>
/// members                          0 0 0 1 1 1 1 0 1 1 0 1 1
/// &amp; not (shifted up by 1)          0 0 0 1 0 0 0 0 1 0 0 1 0    starts: of runs of 4, 2 and 2
/// </code>
/// Whether a run stands inside a word, its length, the next byte and the length of the run behind say which few atoms can be there:
/// <c>4 - 2</c> is no <c>\b[0-9]{4}-[0-9]{4}</c>. Of those the run's first byte and the one before it say which are left. Nine starts in ten end at that, without a branch; at the others the few atoms are compared, eight bytes of each at first:
/// four before the run and four of it.
/// </remarks>
internal sealed class RunStarts
{
    /// <summary>How many sets a filter looks for runs of, each with a pass of its own over the block; the atoms of further ones are looked for by windows.</summary>
    public const int MaxClasses = 6;

    /// <summary>Longer runs are all alike: no atom is longer.</summary>
    private const int LongestRun = Atom.MaxLength + 1;

    /// <summary>Runs of so many digits, with those behind the next byte, are rarer than windows of four bytes of which some are digits.</summary>
    private const int LeastNumber = 5;

    /// <summary>The run behind the next byte is told apart up to this length.</summary>
    private const int LongestSecond = 4;

    /// <summary>At what is left, atoms are compared at first by four bytes before the run, of which neither its length nor the next byte says anything, and by its first four.</summary>
    private const int BytesBefore = 4;

    private const int Lengths = LongestRun + 1, Seconds = LongestSecond + 1;

    // What stands before a run: no part of a word, part of one, or what may be a length, behind which a unit may start.
    private const int OutsideWord = 0, InsideWord = 1, MaybeLength = 2, Befores = 3;

    private readonly AsciiSet set;
    private readonly int shortest;
    private readonly bool startsWords;
    private readonly ByteSet members;
    private readonly byte[] nextKinds;
    private readonly ushort[] listOf;
    private readonly WindowEntry[][] lists;
    private readonly EntryMasks first;
    private readonly EntryMasks before;
    private readonly int kinds;
    private readonly Verifier verifier;

    private RunStarts(IReadOnlyList<Run> runs)
    {
        members = runs[0].Set;
        set = new AsciiSet(members);
        shortest = runs.Min(run => run.Length);
        startsWords = runs.Any(run => run.Start == 0);
        verifier = new Verifier(runs.Select(WindowOf));
        var behind = new ByteClasses(runs.Where(run => run.End < run.Atom.Length).Select(run => run.Atom.Sets[run.End]).Append(members));
        (nextKinds, kinds) = (behind.OfByte, behind.Count);
        (listOf, lists) = MakeLists(runs, behind.Representatives);
        first = new EntryMasks([.. lists.Select(list => list.Select(entry => runs[entry.Number].Atom.Sets[runs[entry.Number].Start]).ToArray())]);
        before = new EntryMasks([.. lists.Select(list => list.Select(entry => runs[entry.Number].Before).ToArray())]);
    }

    /// <summary>The classes for those of <paramref name="atoms"/> that are numbers, or have a run and no window that reads like text; adds those atoms to <paramref name="chosen"/>.</summary>
    public static RunStarts[] Choose(IReadOnlyList<Atom> atoms, HashSet<int> chosen)
    {
        List<(Atom Atom, int Index)> open = [.. atoms.Select((atom, index) => (atom, index)).Where(a => TextWindows.LengthFor(a.atom) == 0 || IsNumber(a.atom))];
        List<ByteSet> sets = [Run.Digits, .. open.SelectMany(a => Run.SetsOf(a.Atom)).Where(set => set != Run.Digits).Distinct()];
        List<RunStarts> classes = [];
        while (sets.Count > 0 && classes.Count < MaxClasses)
        {
            // Digits tell most; else the set that most atoms have a run of, as each costs a pass of its own.
            ByteSet set = sets[0] == Run.Digits ? Run.Digits : sets.MaxBy(set => RunsOf(set).Length);
            sets.Remove(set);
            if (RunsOf(set) is { Length: > 0 } runs)
            {
                classes.Add(new RunStarts(runs));
                chosen.UnionWith(runs.Select(run => run.Index));
                open.RemoveAll(a => chosen.Contains(a.Index));
            }
        }

        return [.. classes];

        Run[] RunsOf(ByteSet set) => [.. open.Select(a => Run.In(a.Atom, a.Index, set)).OfType<Run>()];
    }

    /// <summary>
    /// Whether an atom has a run of digits, and every window of it that reads few texts some of them too: <c>-[0-9]{2}-</c> in the middle of a number reads only
    /// a hundred, and dates read the same.
    /// </summary>
    private static bool IsNumber(Atom atom) =>
        Run.In(atom, 0, Run.Digits) is { } run && run.Length + run.Second >= LeastNumber
        && Window.Offsets(atom.Length).All(offset => TextWindows.Reads(new Window(atom, 0, offset, 0), Window.Short) > TextWindows.MaxTexts
            || Enumerable.Range(offset, Math.Min(Window.Short, atom.Length - offset)).Any(i => atom.Sets[i].Count > 1 && atom.Sets[i].IsWithin(Run.Digits)));

    /// <summary>Marks where long enough runs are in a block, and tells whether there are any.</summary>
    /// <param name="block">The block.</param>
    /// <param name="start">Where it starts in the text.</param>
    /// <param name="bits">Receives where members are, up to a word behind the block, where runs go on.</param>
    /// <param name="starts">Receives where there are as many of them as the shortest atom needs.</param>
    /// <param name="pass">Knows where the text ends.</param>
    public bool Mark<TKernel>(ref readonly byte block, int start, Span<ulong> bits, Span<ulong> starts, Pass pass)
        where TKernel : struct, IBlockKernel
    {
        TKernel.MarkMembers(set, in block, bits);
        pass.ClearBehindText(bits, start);
        bits.CopyTo(starts);
        BitRuns.KeepStarts(starts, shortest);
        return starts[..^1].ContainsAnyExcept(0UL);
    }

    /// <summary>Reports the atoms whose runs start in a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="start">Where it starts in the text.</param>
    /// <param name="words">Where words may start in it.</param>
    /// <param name="bits">What <see cref="Mark"/> made.</param>
    /// <param name="starts">The other that it made; loses the marks inside runs.</param>
    /// <param name="pass">Storage, and where candidates go.</param>
    public void Report(ref readonly byte block, int start, WordMarks words, ReadOnlySpan<ulong> bits, Span<ulong> starts, Pass pass)
    {
        starts = starts[..^1];
        ulong before = start > 0 && members.Contains(Unsafe.Subtract(ref Unsafe.AsRef(in block), 1)) ? 1UL : 0;
        BitRuns.KeepFirsts(starts, bits, before, startsWords ? words.MayStart : []);
        int found = BitPositions.Flatten(starts, pass.Positions);
        int kept = KeepWhatCanBe(in block, start, in bits[0], in words.InsideWord[0], in words.MaybeLength[0], pass.Positions[..found], pass.Lists);
        for (int i = 0; i < kept; i++)
        {
            int position = pass.Positions[i];
            bool hasBefore = start + position >= BytesBefore;
            ulong around = hasBefore ? WindowEntry.Read(in block, position - BytesBefore) : 0;
            foreach (ref readonly WindowEntry entry in lists[pass.Lists[i]].AsSpan())
            {
                if (!hasBefore || entry.Fits(around))
                {
                    verifier.Report(entry.Number, in block, position, start, pass);
                }
            }
        }
    }

    /// <summary>
    /// Drops the positions at which no atom can be, in place and without a branch for each, and returns how many are left. What can be at one follows from what is
    /// before and behind the run: the number of that list goes to <paramref name="lists"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int KeepWhatCanBe(
        ref readonly byte block, int start, ref readonly ulong bits, ref readonly ulong inside, ref readonly ulong maybeLength, Span<ushort> positions, Span<ushort> lists)
    {
        ref byte text = ref Unsafe.AsRef(in block);
        ref ulong members = ref Unsafe.AsRef(in bits), insideWord = ref Unsafe.AsRef(in inside), mayBeLength = ref Unsafe.AsRef(in maybeLength);
        ref ushort next = ref MemoryMarshal.GetReference(positions), list = ref MemoryMarshal.GetReference(lists), listOfKey = ref MemoryMarshal.GetArrayDataReference(listOf);
        ref byte kindOf = ref MemoryMarshal.GetArrayDataReference(nextKinds);
        EntryMasks byFirst = first, byBefore = before;

        // No atom that needs a byte before it can be at the start of the text: what is read there instead does not matter.
        int kindCount = kinds, least = start > 0 ? -1 : 0, kept = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            int position = Unsafe.Add(ref next, i), word = position >> 6, shift = position & 63;
            int before = (int)(Unsafe.Add(ref insideWord, word) >> shift & 1) + (int)(Unsafe.Add(ref mayBeLength, word) >> shift & 1);
            ulong from = Unsafe.Add(ref members, word) >> shift | Unsafe.Add(ref members, word + 1) << 1 << (63 - shift);
            int length = BitOperations.TrailingZeroCount(~from | 1UL << LongestRun);
            int second = BitOperations.TrailingZeroCount(~(from >> 1 >> length) | 1UL << LongestSecond);
            int kind = Unsafe.Add(ref kindOf, Unsafe.Add(ref text, position + length));
            int number = Unsafe.Add(ref listOfKey, (((((before * Lengths) + length) * kindCount) + kind) * Seconds) + second);
            int fitting = byFirst.At(number, Unsafe.Add(ref text, position)) & byBefore.At(number, Unsafe.Add(ref text, Math.Max(least, position - 1)));
            Unsafe.Add(ref next, kept) = (ushort)position;
            Unsafe.Add(ref list, kept) = (ushort)number;
            kept += (fitting + byte.MaxValue) >> 8;
        }

        return kept;
    }

    private int Key(int before, int length, int next, int second) => (((((before * Lengths) + length) * kinds) + next) * Seconds) + second;

    private static Window WindowOf(Run run) => new(run.Atom, run.Index, run.Start, 0);

    private (ushort[] ListOf, WindowEntry[][] Lists) MakeLists(IReadOnlyList<Run> runs, byte[] examples)
    {
        List<int[]> distinct = [[]];
        Dictionary<string, ushort> known = new() { [""] = 0 };
        var numbers = new ushort[Befores * Lengths * kinds * Seconds];
        for (int rest = 0; rest < Lengths * kinds * Seconds; rest++)
        {
            int second = rest % Seconds, next = rest / Seconds % kinds, length = rest / Seconds / kinds;
            int[] goingOn = [.. Enumerable.Range(0, runs.Count).Where(i => GoesOn(runs[i], length, examples[next], second))];
            for (int before = 0; before < Befores; before++)
            {
                int[] list = [.. goingOn.Where(i => ComesAfter(runs[i], before))];
                string text = string.Join(',', list);
                if (!known.TryGetValue(text, out ushort number))
                {
                    number = (ushort)distinct.Count;
                    known.Add(text, number);
                    distinct.Add(list);
                }

                numbers[Key(before, length, next, second)] = number;
            }
        }

        return (numbers, [.. distinct.Select(list => list.Select(i => WindowEntry.Of(runs[i].Atom, runs[i].Start - BytesBefore, i)).ToArray())]);
    }

    private static bool ComesAfter(Run run, int before) => run.Start == 0
        ? before != InsideWord
        : !(run.Atom.Sets[run.Start - 1] & (before == OutsideWord ? ~ByteClasses.Word : ByteClasses.Word)).IsEmpty;

    private bool GoesOn(Run run, int length, byte next, int second)
    {
        if (run.Length > length || run.End == run.Atom.Length)
        {
            return run.Length <= length;
        }

        ByteSet following = run.Atom.Sets[run.End];
        return run.Length < length ? !(following & members).IsEmpty : following.Contains(next) && Math.Min(LongestSecond, run.Second) <= second;
    }
}
