using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>What rules have found in the units of a payload that are not clean, from when that was asked until they are read. Reused; not thread-safe.</summary>
internal sealed class ConfirmedUnits
{
    private readonly List<int> starts = [];
    private readonly List<(ScanStatus Status, int FirstFinding)> outcomes = [];
    private readonly FindingList findings = new();

    /// <summary>Forgets all units.</summary>
    public void Clear()
    {
        starts.Clear();
        outcomes.Clear();
        findings.Clear();
    }

    /// <summary>Keeps what was found in the unit that starts at <paramref name="start"/>, behind all others.</summary>
    public void Add(int start, ScanStatus status, FindingList found)
    {
        starts.Add(start);
        outcomes.Add((status, findings.Count));
        foreach (Finding finding in found.Items)
        {
            findings.Add(finding);
        }
    }

    /// <summary>Gives back what was found in the unit that starts at <paramref name="start"/>; null if it is none that was kept.</summary>
    public ScanStatus? Recall(int start, FindingList found)
    {
        int unit = starts.BinarySearch(start);
        if (unit < 0)
        {
            return null;
        }

        (ScanStatus status, int first) = outcomes[unit];
        int behind = unit + 1 < outcomes.Count ? outcomes[unit + 1].FirstFinding : findings.Count;
        found.Clear();
        foreach (Finding finding in findings.Items[first..behind])
        {
            found.Add(finding);
        }

        return status;
    }
}
