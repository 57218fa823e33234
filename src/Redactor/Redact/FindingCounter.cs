namespace Redactor.Redact;

/// <summary>Counts what is found in one payload, by rule and place. Reused; allocates only when something is found.</summary>
internal sealed class FindingCounter
{
    private readonly Dictionary<(int Rule, string Place), int> counts = [];

    /// <summary>Units masked whole because scanning them cost too many steps.</summary>
    public int UnitsOverBudget { get; set; }

    /// <summary>Records that are gone.</summary>
    public int RecordsDropped { get; set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        counts.Clear();
        UnitsOverBudget = 0;
        RecordsDropped = 0;
    }

    /// <summary>Counts one finding.</summary>
    public void Add(int rule, string place)
    {
        counts.TryGetValue((rule, place), out int count);
        counts[(rule, place)] = count + 1;
    }

    /// <summary>What was counted.</summary>
    public RedactionReport ToReport() => counts.Count == 0 && UnitsOverBudget == 0 && RecordsDropped == 0
        ? RedactionReport.Clean
        : new RedactionReport([.. counts.Select(c => new FindingCount(c.Key.Rule, c.Key.Place, c.Value))], UnitsOverBudget, RecordsDropped);
}
