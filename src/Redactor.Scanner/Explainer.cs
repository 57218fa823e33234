using Redactor.Scanning.Automata;
using Redactor.Scanning.Judging;

namespace Redactor.Scanning;

/// <summary>Runs the rules one by one over a unit and keeps what each decided. For people, so thorough rather than fast.</summary>
internal static class Explainer
{
    /// <summary>The most matches that are kept of one rule.</summary>
    private const int MaxMatches = 100;

    /// <summary>The rules for which the filter saw something, in order of priority.</summary>
    internal static IReadOnlyList<RuleExplanation> Explain(Scanner scanner, ReadOnlySpan<byte> unit)
    {
        var candidates = new CandidateList();
        scanner.FindCandidates(unit, candidates);
        int[] counts = new int[scanner.Rules.Count];
        foreach (Candidate candidate in candidates.Items)
        {
            foreach (int rule in (uint)candidate.Atom >= (uint)scanner.Atoms.Uses.Length ? [] : scanner.Atoms.Uses[candidate.Atom].Select(use => use.Rule).Distinct())
            {
                counts[rule]++;
            }
        }

        var explanations = new List<RuleExplanation>();
        foreach (CompiledRule? rule in scanner.Compiled)
        {
            if (rule is not null && counts[rule.Number] > 0)
            {
                explanations.Add(Explain(rule, counts[rule.Number], unit));
            }
        }

        return explanations;
    }

    private static RuleExplanation Explain(CompiledRule rule, int candidates, ReadOnlySpan<byte> unit)
    {
        var groups = new GroupFinder();
        var matches = new List<MatchExplanation>();
        long steps = 0, budget = UnitScan.Budget(unit.Length);
        int start = 0;
        while (start < unit.Length && steps <= budget && matches.Count < MaxMatches)
        {
            int at = start++;
            if (rule.Explain(unit, at, groups, ref steps) is not { } match)
            {
                continue;
            }

            if (match.Judgement == Judgement.Accepted)
            {
                start = match.End;
            }
            else if (matches is [.., var last] && last.Judgement == match.Judgement && at < last.End)
            {
                continue;
            }

            matches.Add(match);
        }

        return new RuleExplanation(rule.Number, candidates, matches, start >= unit.Length);
    }
}
