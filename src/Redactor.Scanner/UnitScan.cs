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
internal sealed partial class UnitScan
{
    /// <summary>128 KiB: stays in a second-level cache beside the tables of the filter and of the automata.</summary>
    private const int ChunkLength = 128 * 1024;

    private readonly GroupFinder groups = new();
    private int[] next = [];
    private long[] epochs = [];
    private long epoch;
    private long pass;
    private RuleCosts? costs;
    private long budget;
    private long steps;

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
}
