using System.Diagnostics;

namespace Redactor.Scanning;

/// <summary>One rule at one place: tried, unless an earlier match of it reaches beyond.</summary>
internal sealed partial class UnitScan
{
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
}
