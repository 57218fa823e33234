using System.Numerics;
using System.Runtime.CompilerServices;
using Redactor.Scanning.Automata;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Atoms of numbers, ids and hashes, which have no rare bytes: found by where runs of one set start, how long they are and what follows. Immutable.
/// </summary>
/// <remarks>
/// Of the text <c>on 2026-11-21</c> and the digits, first byte left:
/// <code>
/// members                          0 0 0 1 1 1 1 0 1 1 0 1 1
/// &amp; not (shifted up by 1)          0 0 0 1 0 0 0 0 1 0 0 1 0    starts: a run of 4 before '-', of 2 before '-', of 2 before the end
/// </code>
/// What stands before, the length and the next byte lead to the few atoms that go on like that (<c>\b[0-9]{3}-[0-9]{2}</c> is asked at none of these), which are then compared whole.
/// </remarks>
internal sealed class RunStarts
{
    /// <summary>How many sets a filter looks for runs of, each with a pass of its own over the block; the atoms of further ones are looked for by windows.</summary>
    public const int MaxClasses = 6;

    /// <summary>Longer runs are all alike: no atom is longer.</summary>
    private const int LongestRun = Atom.MaxLength + 1;

    private const int Nexts = 128;

    // What stands before a run: no part of a word, part of one, or what may be a length, behind which a unit may start.
    private const int OutsideWord = 0, InsideWord = 1, MaybeLength = 2, Befores = 3;

    private readonly int shortest;
    private readonly bool startsWords;
    private readonly ByteSet members;
    private readonly ushort[] listOf = new ushort[Befores * (LongestRun + 1) * Nexts];
    private readonly int[][] lists;
    private readonly Verifier verifier;

    private RunStarts(IReadOnlyList<Run> runs)
    {
        members = runs[0].Set;
        Set = new AsciiSet(members);
        shortest = runs.Min(run => run.Length);
        startsWords = runs.Any(run => run.Start == 0);
        verifier = new Verifier(runs.Select(run => new Window(run.Atom, run.Index, run.Start, 0)));
        lists = MakeLists(runs);
    }

    /// <summary>The members.</summary>
    public AsciiSet Set { get; }

    /// <summary>The bytes of words.</summary>
    public static AsciiSet Word { get; } = new(ByteClasses.Word);

    /// <summary>The bytes that are told apart from those that can stand before a unit (<see cref="WordStart.BeforeLength"/>), ASCII only.</summary>
    public static AsciiSet NeverBeforeLength { get; } = new(~WordStart.BeforeLength & ByteSet.Range(0, 0x7F));

    /// <summary>The classes for those of <paramref name="atoms"/> that have a run and no window that reads like text; adds those atoms to <paramref name="chosen"/>.</summary>
    public static RunStarts[] Choose(IReadOnlyList<Atom> atoms, HashSet<int> chosen)
    {
        IGrouping<ByteSet, Run>[] classes =
        [
            .. atoms.Select(Run.In).OfType<Run>()
                .Where(run => !TextWindows.Holds(run.Atom))
                .GroupBy(run => run.Set)
                .OrderByDescending(runs => runs.Count())
                .Take(MaxClasses),
        ];
        chosen.UnionWith(classes.SelectMany(runs => runs).Select(run => run.Index));
        return [.. classes.Select(runs => new RunStarts([.. runs]))];
    }

    /// <summary>Marks the starts of runs that are long enough.</summary>
    /// <param name="bits">Where members are, in the block and in one word behind it, where runs go on.</param>
    /// <param name="words">Where bytes of words are.</param>
    /// <param name="beforeLength">Where bytes are that can stand before a length.</param>
    /// <param name="block">The block.</param>
    /// <param name="start">Where it starts in the text.</param>
    /// <param name="starts">Receives the marks; as long as <paramref name="bits"/>, the last word without meaning.</param>
    /// <returns>Whether there are any.</returns>
    public bool Mark(ReadOnlySpan<ulong> bits, ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> beforeLength, ref readonly byte block, int start, Span<ulong> starts)
    {
        bits.CopyTo(starts);
        BitRuns.KeepStarts(starts, shortest);
        if (!starts[..^1].ContainsAnyExcept(0UL))
        {
            return false;
        }

        ulong member = start > 0 && members.Contains(Before(in block, 1)) ? 1UL : 0;
        ulong inWord = start > 0 && ByteClasses.Word.Contains(Before(in block, 1)) ? 1UL : 0;
        ulong tags = (start > 0 && WordStart.BeforeLength.Contains(Before(in block, 1)) ? 2UL : 0)
            | (start > 1 && WordStart.BeforeLength.Contains(Before(in block, 2)) ? 1UL : 0);
        for (int word = 0; word < bits.Length - 1; word++)
        {
            ulong now = bits[word], first = now & ~(now << 1 | member);
            if (startsWords)
            {
                first |= now & (~(words[word] << 1 | inWord) | beforeLength[word] << 2 | tags);
                inWord = words[word] >> 63;
                tags = beforeLength[word] >> 62;
            }

            starts[word] &= first;
            member = now >> 63;
        }

        return true;
    }

    /// <summary>Reports the atoms whose runs start at <paramref name="bit"/> of the block.</summary>
    public void Report(ReadOnlySpan<ulong> bits, ref readonly byte block, int bit, int start, in Pass pass)
    {
        int word = bit >> 6, shift = bit & 63;
        ulong from = bits[word] >> shift | (shift == 0 ? 0 : bits[word + 1] << (64 - shift));
        int length = Math.Min(LongestRun, BitOperations.TrailingZeroCount(~from));
        byte next = Unsafe.Add(ref Unsafe.AsRef(in block), bit + length);
        foreach (int number in lists[listOf[Key(BeforeRun(in block, bit, start), length, next)]])
        {
            verifier.Report(number, in block, bit, start, pass);
        }
    }

    private static int Key(int before, int length, int next) => (((before * (LongestRun + 1)) + length) * Nexts) + (next & (Nexts - 1));

    private static int BeforeRun(ref readonly byte block, int bit, int start)
    {
        int inText = start + bit;
        if (inText == 0 || !ByteClasses.Word.Contains(Unsafe.Add(ref Unsafe.AsRef(in block), bit - 1)))
        {
            return OutsideWord;
        }

        return inText > 1 && WordStart.BeforeLength.Contains(Unsafe.Add(ref Unsafe.AsRef(in block), bit - 2)) ? MaybeLength : InsideWord;
    }

    private static byte Before(ref readonly byte block, int by) => Unsafe.Subtract(ref Unsafe.AsRef(in block), by);

    private int[][] MakeLists(IReadOnlyList<Run> runs)
    {
        var distinct = new List<int[]>();
        var known = new Dictionary<string, ushort>();
        for (int key = 0; key < listOf.Length; key++)
        {
            int next = key % Nexts, length = key / Nexts % (LongestRun + 1), before = key / Nexts / (LongestRun + 1);
            int[] list = [.. Enumerable.Range(0, runs.Count).Where(i => ComesAfter(runs[i], before) && GoesOn(runs[i], length, (byte)next))];
            string text = string.Join(',', list);
            if (!known.TryGetValue(text, out ushort number))
            {
                number = (ushort)distinct.Count;
                known.Add(text, number);
                distinct.Add(list);
            }

            listOf[key] = number;
        }

        return [.. distinct];
    }

    private static bool ComesAfter(Run run, int before) => run.Start == 0
        ? before != InsideWord
        : !(run.Atom.Sets[run.Start - 1] & (before == OutsideWord ? ~ByteClasses.Word : ByteClasses.Word)).IsEmpty;

    private bool GoesOn(Run run, int length, byte next)
    {
        int end = run.Start + run.Length;
        if (run.Length > length || end == run.Atom.Length)
        {
            return run.Length <= length;
        }

        ByteSet following = run.Atom.Sets[end];
        return run.Length < length ? !(following & members).IsEmpty : following.Contains(next) || following.Contains((byte)(next | 0x80));
    }
}
