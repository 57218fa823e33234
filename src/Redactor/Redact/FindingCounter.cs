namespace Redactor.Redact;

/// <summary>Counts what is found in one payload, by rule and place. Reused; allocates only when something is found.</summary>
internal sealed class FindingCounter
{
    private readonly Dictionary<(int Rule, string Place, bool IsShadow), int> counts = [];
    private readonly List<(int Rule, string Place, bool IsShadow)> sinceBegin = [];
    private int overBudgetAtBegin;
    private int recordsDropped;
    private int recordsRefused;

    /// <summary>Units masked whole because scanning them cost too many steps.</summary>
    public int UnitsOverBudget { get; set; }

    /// <summary>What somebody should hear of, of payloads that it was begun for.</summary>
    public AuditTrail Audit { get; } = new();

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        counts.Clear();
        sinceBegin.Clear();
        UnitsOverBudget = 0;
        recordsDropped = 0;
        recordsRefused = 0;
    }

    /// <summary>Counts one finding.</summary>
    /// <param name="rule">Its rule.</param>
    /// <param name="place">The kind of place.</param>
    /// <param name="isShadow">Whether nothing is masked for it.</param>
    /// <param name="text">What was found.</param>
    public void Add(int rule, string place, bool isShadow, ReadOnlySpan<byte> text)
    {
        if (!isShadow)
        {
            Audit.Add(rule, place, text);
        }

        counts.TryGetValue((rule, place, isShadow), out int count);
        counts[(rule, place, isShadow)] = count + 1;
        sinceBegin.Add((rule, place, isShadow));
    }

    /// <summary>Counts a record that is gone: a rule dropped it, or it is refused.</summary>
    public void Drop(Verdict verdict)
    {
        if (verdict == Verdict.Refuse)
        {
            recordsRefused++;
        }
        else
        {
            recordsDropped++;
        }
    }

    /// <summary>Whether anything was counted since <see cref="Begin"/>.</summary>
    public bool HasCounted => sinceBegin.Count > 0;

    /// <summary>Begins a unit whose findings may have to be forgotten.</summary>
    public void Begin()
    {
        sinceBegin.Clear();
        overBudgetAtBegin = UnitsOverBudget;
        Audit.Mark();
    }

    /// <summary>Forgets what was counted since <see cref="Begin"/>: the unit will be read again, with better known places.</summary>
    public void Undo() => Take();

    /// <summary>As <see cref="Undo"/>, and hands it over.</summary>
    public CountedFindings Take()
    {
        var taken = new CountedFindings([.. sinceBegin], Audit.Take(), UnitsOverBudget - overBudgetAtBegin);
        foreach ((int Rule, string Place, bool IsShadow) finding in sinceBegin)
        {
            if (--counts[finding] == 0)
            {
                counts.Remove(finding);
            }
        }

        UnitsOverBudget = overBudgetAtBegin;
        sinceBegin.Clear();
        return taken;
    }

    /// <summary>Counts again what was taken.</summary>
    public void Add(CountedFindings taken, AuditOrigin origin)
    {
        UnitsOverBudget += taken.UnitsOverBudget;
        foreach ((int Rule, string Place, bool IsShadow) finding in taken.Findings)
        {
            counts[finding] = counts.GetValueOrDefault(finding) + 1;
        }

        Audit.Add(taken.Audited, origin);
    }

    /// <summary>What was counted.</summary>
    public RedactionReport ToReport() => counts.Count == 0 && UnitsOverBudget == 0 && recordsDropped == 0
        ? RedactionReport.Clean
        : new RedactionReport([.. counts.Select(c => new FindingCount(c.Key.Rule, c.Key.Place, c.Value) { IsShadow = c.Key.IsShadow })], UnitsOverBudget, recordsDropped)
        {
            RecordsRefused = recordsRefused,
            Audited = Audit.Found,
        };
}
