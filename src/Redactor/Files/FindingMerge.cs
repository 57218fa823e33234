using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Files;

/// <summary>Makes one finding of those that overlap, as masking does: the first rule gives the name.</summary>
internal static class FindingMerge
{
    /// <summary>The merged findings in ascending order of start. Those of shadow rules are merged among themselves: they would be told beside the others.</summary>
    public static List<StreamFinding> Merge(List<StreamFinding> findings, RuleSet rules)
    {
        var merged = new List<StreamFinding>();
        foreach (bool shadow in (bool[])[false, true])
        {
            foreach (var finding in findings.Where(f => f.Rule != StreamFinding.OverBudget && rules.Rules[f.Rule].IsShadow == shadow).OrderBy(f => f.Start).ThenBy(f => f.Rule))
            {
                if (merged.Count > 0 && merged[^1] is var last && rules.Rules[last.Rule].IsShadow == shadow && Joins(last, finding))
                {
                    long end = Math.Max(last.Start + last.Length, finding.Start + finding.Length);
                    merged[^1] = new StreamFinding(Math.Min(last.Rule, finding.Rule), last.Start, end - last.Start);
                }
                else
                {
                    merged.Add(finding);
                }
            }
        }

        return [.. merged.OrderBy(f => f.Start).ThenBy(f => f.Rule)];
    }

    /// <summary>Whether they overlap, or <paramref name="next"/> is the next piece of a token that came in several.</summary>
    private static bool Joins(StreamFinding last, StreamFinding next) =>
        next.Start < last.Start + last.Length || (next.Continues && next.Start == last.Start + last.Length);
}
