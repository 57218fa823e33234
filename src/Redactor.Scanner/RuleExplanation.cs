using Redactor.Scanning.Judging;

namespace Redactor.Scanning;

/// <summary>How one rule came to its findings in a unit.</summary>
/// <param name="Rule">Index into <see cref="Scanner.Rules"/>.</param>
/// <param name="Candidates">At how many places the filter saw something the rule needs; at least 1.</param>
/// <param name="Matches">Where its expression matched, ascending by start; of rejected matches that overlap and fail the same proof only the first.</param>
/// <param name="IsComplete">Whether it looked everywhere: false if it cost too many steps or matched at more places than anyone reads.</param>
public sealed record RuleExplanation(int Rule, int Candidates, IReadOnlyList<MatchExplanation> Matches, bool IsComplete);

/// <summary>One match of a rule's expression and what the judge made of it.</summary>
/// <param name="Start">Offset of the match in the unit.</param>
/// <param name="End">Just behind it.</param>
/// <param name="Value">What is or would be masked.</param>
/// <param name="Judgement">The judge's decision.</param>
/// <param name="Entropy">Shannon entropy of what is or would be masked, in bits a byte.</param>
public sealed record MatchExplanation(int Start, int End, Finding Value, Judgement Judgement, double Entropy);
