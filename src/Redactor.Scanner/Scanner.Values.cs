using Redactor.Scanning.Exact;

namespace Redactor.Scanning;

/// <content>The stages of the search for exact values, set by set.</content>
public sealed partial class Scanner
{
    [ThreadStatic]
    private static CandidateList? valueCandidates;

    /// <summary>All stages, in one part of a unit; false when the budget is spent.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="from">Where the part begins: at 0, or behind at least 64 bytes.</param>
    /// <param name="until">Where it ends; a value may reach beyond.</param>
    /// <param name="budget">The steps that are left for the unit.</param>
    /// <param name="findings">Receives the findings.</param>
    internal bool ScanValues(ReadOnlySpan<byte> unit, int from, int until, ref long budget, FindingList findings)
    {
        foreach (ValueSet set in values)
        {
            foreach (Candidate candidate in Find(set, unit, from, until, ValueAtom).Items)
            {
                if (!set.TryConfirm(unit, candidate.Position, 0, unit.Length, ref budget, findings))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Adds the places in a buffer where an exact value may be.</summary>
    private void FindValues(ReadOnlySpan<byte> buffer, CandidateList candidates)
    {
        for (int i = 0; i < values.Length; i++)
        {
            candidates.Merge(Find(values[i], buffer, 0, buffer.Length, ValueAtom + i));
        }
    }

    /// <summary>Confirms the exact values that start in one part of a unit that lies in a buffer whose candidates are known.</summary>
    private ScanStatus ConfirmValues(
        ReadOnlySpan<byte> unit, int start, ReadOnlySpan<Candidate> candidates, int from, int until, FindingList findings, ScanStatus status)
    {
        if (values.Length == 0 || status != ScanStatus.Complete)
        {
            return status;
        }

        long budget = UnitScan.Budget(unit.Length);
        for (int i = CandidateList.IndexAtOrAfter(candidates, start); i < candidates.Length && candidates[i].Position < start + unit.Length; i++)
        {
            int set = candidates[i].Atom - ValueAtom;
            if ((uint)set < (uint)values.Length && !values[set].TryConfirm(unit, candidates[i].Position - start, from, until, ref budget, findings))
            {
                return ScanStatus.OverBudget;
            }
        }

        return ScanStatus.Complete;
    }

    private static CandidateList Find(ValueSet set, ReadOnlySpan<byte> text, int from, int until, int atom)
    {
        CandidateList found = valueCandidates ??= new CandidateList();
        found.Clear();
        set.FindCandidates(text, from, until, atom, found);
        return found;
    }
}
