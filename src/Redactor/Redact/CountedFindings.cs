namespace Redactor.Redact;

/// <summary>What was counted in one text and is counted no more, to be counted again in whole or in part.</summary>
/// <param name="Findings">Its findings, one by one.</param>
/// <param name="Audited">Those of them that somebody should hear of.</param>
/// <param name="UnitsOverBudget">How many of its units went over budget.</param>
internal sealed record CountedFindings(List<(int Rule, string Place, bool IsShadow)> Findings, List<AuditedFinding> Audited, int UnitsOverBudget)
{
    /// <summary>Takes out what was counted in another text too.</summary>
    public void Remove(CountedFindings other)
    {
        foreach ((int Rule, string Place, bool IsShadow) finding in other.Findings)
        {
            Findings.Remove(finding);
        }

        foreach (AuditedFinding finding in other.Audited)
        {
            Audited.Remove(finding);
        }
    }
}
