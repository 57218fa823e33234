using System.Diagnostics;

namespace Redactor.Scanning;

/// <summary>What one rule did in the observed scans.</summary>
/// <param name="Candidates">Places where the filter made the rule's expression run.</param>
/// <param name="Accepted">Matches that became findings.</param>
/// <param name="Rejected">Matches that the judge turned down: checksum, entropy, context.</param>
/// <param name="Elapsed">Time in the rule's expression and judge, with that of taking it, some 50 ns a candidate.</param>
public readonly record struct RuleCost(long Candidates, long Accepted, long Rejected, TimeSpan Elapsed);

/// <summary>
/// Counts what each rule of a scanner does, and how long it takes, in the scans between <see cref="Scanner.Observe"/> and its end. Timing every
/// candidate slows them down, so it is for samples. Not thread-safe.
/// </summary>
/// <param name="scanner">The scanner to observe; scans of others are not counted.</param>
public sealed class RuleCosts(Scanner scanner)
{
    private readonly RuleCost[] byRule = new RuleCost[scanner.Rules.Count];

    /// <summary>What was counted, by rule number.</summary>
    public ReadOnlySpan<RuleCost> ByRule => byRule;

    internal Scanner Scanner => scanner;

    internal void Add(int rule, bool matched, bool accepted, long startedAt)
    {
        RuleCost before = byRule[rule];
        byRule[rule] = new RuleCost(
            before.Candidates + 1,
            before.Accepted + (accepted ? 1 : 0),
            before.Rejected + (matched && !accepted ? 1 : 0),
            before.Elapsed + Stopwatch.GetElapsedTime(startedAt));
    }
}
