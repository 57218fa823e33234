using Redactor.Scanning.Filtering;

namespace Redactor.Scanning;

/// <summary>The places where rules may start: they come by the place of an atom, and are tried in ascending order.</summary>
internal sealed partial class UnitScan
{
    /// <summary>Starts that are collected before those that no later candidate can precede are tried: 4,096 (32 KiB), so many that going through them is little beside trying them, and few enough to be sorted in the cache.</summary>
    private const int FlushAt = 4096;

    private readonly List<int> fronts = [];
    private ulong[] starts = new ulong[FlushAt];
    private int count;
    private (long Pass, int Start)[] reached = [];
    private int flushAt;
    private int firstStart;
    private int lastStart;

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

    private readonly struct Ascending : IOrder<ulong>
    {
        public static bool Precedes(ulong a, ulong b) => a < b;
    }
}
