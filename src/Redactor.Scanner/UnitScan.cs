using System.Diagnostics;
using Redactor.Scanning.Automata;
using Redactor.Scanning.Filtering;

namespace Redactor.Scanning;

/// <summary>
/// One thread's working storage for confirming units: the places where rules may start, in ascending order, and where each rule may start next.
/// </summary>
/// <remarks>
/// For one rule, findings are what a naive loop gives: try every start in ascending order; behind an accepted match go on at its end,
/// behind anything else one byte further. The filter's candidates come by the place of their atom, not of their start, so starts are
/// collected and sorted; in a long unit those that no later candidate can precede are worked off on the way.
/// </remarks>
internal sealed class UnitScan
{
    private const int FlushAt = 4096;

    /// <summary>128 KiB: stays in a second-level cache beside the tables of the filter and of the automata.</summary>
    private const int ChunkLength = 128 * 1024;

    private readonly GroupFinder groups = new();
    private readonly List<int> fronts = [];
    private ulong[] starts = new ulong[FlushAt];
    private int count;
    private int[] next = [];
    private long[] epochs = [];
    private long epoch;
    private (long Pass, int Start)[] reached = [];
    private long pass;
    private RuleCosts? costs;
    private int flushAt;
    private long budget;
    private long steps;
    private int firstStart;
    private int lastStart;

    /// <summary>What the thread's scans are counted in, if they are of its scanner.</summary>
    internal RuleCosts? Observed { get; set; }

    /// <summary>
    /// Filters and confirms a unit, and looks for exact values in it, <see cref="ChunkLength"/> bytes at a time: what comes later is then still in the cache from filtering.
    /// </summary>
    internal ScanStatus Scan(Scanner scanner, Filter filter, ReadOnlySpan<byte> unit, CandidateList candidates, FindingList findings)
    {
        BeginPart(unit.Length, 0, unit.Length);
        long valueBudget = Budget(unit.Length);
        for (int at = 0; at < unit.Length;)
        {
            candidates.Clear();
            int from = at;
            at = filter.Find(unit, from, from + ChunkLength, candidates, oneUnit: true);
            if (!Collect(scanner, unit, 0, candidates.Items, findings)
                || !Flush(scanner, unit, at - scanner.Atoms.MaxOffset - Atom.MaxLength, findings)
                || !scanner.ScanValues(unit, from, at, ref valueBudget, findings))
            {
                return ScanStatus.OverBudget;
            }
        }

        return Flush(scanner, unit, int.MaxValue, findings) ? ScanStatus.Complete : ScanStatus.OverBudget;
    }

    /// <summary>
    /// Confirms what starts in one part of a unit: in all of it, or where a long one goes past in a window, part after part in ascending order. One
    /// <see cref="Begin"/> comes first; between parts <see cref="Move"/> tells how far the window has gone on.
    /// </summary>
    internal ScanStatus Confirm(
        Scanner scanner, ReadOnlySpan<byte> buffer, int start, int length, ReadOnlySpan<Candidate> candidates, int from, int until, FindingList findings)
    {
        BeginPart(length, from, until);
        ReadOnlySpan<byte> unit = buffer.Slice(start, length);
        return Collect(scanner, unit, start, candidates, findings) && Flush(scanner, unit, int.MaxValue, findings) ? ScanStatus.Complete : ScanStatus.OverBudget;
    }

    /// <summary>Tries the given rules at every byte: the scan without a filter.</summary>
    internal ScanStatus TryEverywhere(ReadOnlySpan<byte> unit, ReadOnlySpan<CompiledRule?> rules, int from, int until, FindingList findings)
    {
        long steps = 0;
        for (int start = from; start < until; start++)
        {
            foreach (CompiledRule? rule in rules)
            {
                if (rule is not null)
                {
                    Try(rule, unit, start, ref steps, findings);
                }
            }
        }

        return ScanStatus.Complete;
    }

    /// <summary>Counts places from <paramref name="by"/> bytes further on.</summary>
    internal void Move(int by)
    {
        foreach (ref int place in next.AsSpan())
        {
            place = Math.Max(0, place - by);
        }
    }

    /// <summary>Lets <paramref name="rule"/> start no earlier than at <paramref name="place"/>.</summary>
    internal void SkipTo(int rule, int place)
    {
        epochs[rule] = epoch;
        next[rule] = place;
    }

    /// <summary>The steps that a unit of <paramref name="length"/> bytes may cost.</summary>
    internal static long Budget(int length) => Math.Max(ScanLimits.MinSteps, (long)length * ScanLimits.StepsPerByte);

    /// <summary>Forgets the last unit.</summary>
    internal void Begin(Scanner scanner)
    {
        epoch++;
        costs = Observed?.Scanner == scanner ? Observed : null;
        if (next.Length < scanner.Rules.Count)
        {
            next = new int[scanner.Rules.Count];
            epochs = new long[scanner.Rules.Count];
        }

        if (reached.Length < scanner.Atoms.UseCount)
        {
            reached = new (long, int)[scanner.Atoms.UseCount];
        }
    }

    private void BeginPart(int length, int from, int until)
    {
        (firstStart, lastStart) = (from, until - 1);
        (count, flushAt, pass) = (0, FlushAt, pass + 1);
        (budget, steps) = (Budget(length), 0);
    }

    /// <summary>
    /// Adds the starts of the candidates of a unit that starts at <paramref name="start"/> of the buffer they were found in, and tries them where they become many; false
    /// when the budget is spent.
    /// </summary>
    private bool Collect(Scanner scanner, ReadOnlySpan<byte> unit, int start, ReadOnlySpan<Candidate> candidates, FindingList findings)
    {
        AtomTable table = scanner.Atoms;
        for (int i = CandidateList.IndexAtOrAfter(candidates, start); i < candidates.Length && candidates[i].Position < start + unit.Length; i++)
        {
            (int position, int atom) = candidates[i];
            position -= start;
            if ((uint)atom >= (uint)table.Lengths.Length || position + table.Lengths[atom] > unit.Length)
            {
                continue;
            }

            bool onlyVarying = table.Any[atom] is { } any && !any.MayMatch(unit, position, ref steps);
            bool onlyFixed = table.AnyFront[atom] is { } front && !front.MayStart(unit, position, ref steps);
            foreach (ref readonly AtomUse use in table.Uses[atom].AsSpan())
            {
                if (use.Front is null ? !onlyVarying : !onlyFixed)
                {
                    AddStarts(unit, position, in use);
                }
            }

            if (steps > budget)
            {
                return false;
            }

            if (count >= flushAt)
            {
                if (!Flush(scanner, unit, position - table.MaxOffset - Atom.MaxLength, findings))
                {
                    return false;
                }

                // What had to be kept is sorted again only when as much has come to it.
                flushAt = Math.Max(FlushAt, 2 * count);
            }
        }

        return true;
    }

    /// <summary>Adds the starts from which a match could hold the atom, but for those that the last occurrence of the same atom has added.</summary>
    private void AddStarts(ReadOnlySpan<byte> unit, int position, in AtomUse use)
    {
        int start = position - use.MinOffset;
        if (start < 0)
        {
            return;
        }

        if (use.Front is null)
        {
            Add(start, use.Rule);
            return;
        }

        if (use.Rest is { } rest && !rest.HasMatch(unit, position, Math.Min(unit.Length, position + use.MaxLength), ref steps))
        {
            return;
        }

        ref (long Pass, int Start) last = ref reached[use.Number];
        int first = Math.Max(position - use.MaxOffset, use.Once && last.Pass == pass ? last.Start + 1 : 0);
        last = (pass, start);
        use.Front.Find(unit, position, first, ref steps, fronts);
        for (int i = fronts.Count - 1; i >= 0; i--)
        {
            Add(fronts[i], use.Rule);
        }
    }

    private void Add(int start, int rule)
    {
        if (start < firstStart || start > lastStart)
        {
            return;
        }

        if (count == starts.Length)
        {
            Array.Resize(ref starts, starts.Length * 2);
        }

        starts[count++] = ((ulong)start << 32) | (uint)rule;
    }

    /// <summary>Tries every collected start up to <paramref name="until"/> and keeps the others; false when the budget is spent.</summary>
    private bool Flush(Scanner scanner, ReadOnlySpan<byte> unit, int until, FindingList findings)
    {
        NearlySorted.Sort<ulong, Ascending>(starts.AsSpan(0, count));
        int done = 0;
        for (ulong last = ulong.MaxValue; done < count && (long)(starts[done] >> 32) <= until; done++)
        {
            ulong pair = starts[done];
            if (pair == last)
            {
                continue;
            }

            last = pair;
            Try(scanner.Compiled[(int)(uint)pair]!, unit, (int)(pair >> 32), ref steps, findings);
            if (steps > budget)
            {
                return false;
            }
        }

        starts.AsSpan(done, count - done).CopyTo(starts);
        count -= done;
        return true;
    }

    private void Try(CompiledRule rule, ReadOnlySpan<byte> unit, int start, ref long steps, FindingList findings)
    {
        int number = rule.Number;
        if (epochs[number] == epoch && start < next[number])
        {
            return;
        }

        Finding finding;
        int end;
        if (costs is null
            ? rule.TryConfirm(unit, start, groups, ref steps, out finding, out end)
            : TryObserved(rule, unit, start, ref steps, costs, out finding, out end))
        {
            findings.Add(finding);
            SkipTo(number, end);
        }
    }

    private bool TryObserved(CompiledRule rule, ReadOnlySpan<byte> unit, int start, ref long steps, RuleCosts observed, out Finding finding, out int end)
    {
        long startedAt = Stopwatch.GetTimestamp();
        bool accepted = rule.TryConfirm(unit, start, groups, ref steps, out finding, out end);
        observed.Add(rule.Number, matched: end > start, accepted, startedAt);
        return accepted;
    }

    private readonly struct Ascending : IOrder<ulong>
    {
        public static bool Precedes(ulong a, ulong b) => a < b;
    }
}
