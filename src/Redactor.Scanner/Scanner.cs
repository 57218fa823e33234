namespace Redactor.Scanning;

/// <summary>
/// A compiled set of rules. Immutable and safe to share between threads; scanning allocates nothing in the steady state.
/// <code>
/// var scanner = Scanner.Compile(rules);
/// var findings = new FindingList();
/// scanner.Scan("key sk-..."u8, findings);
/// </code>
/// </summary>
public sealed class Scanner
{
    private Scanner(IReadOnlyList<ScanRule> rules) => Rules = rules;

    /// <summary>The rules in order of priority; a finding's <see cref="Finding.Rule"/> is an index into it.</summary>
    public IReadOnlyList<ScanRule> Rules { get; }

    /// <summary>Compiles <paramref name="rules"/>.</summary>
    /// <exception cref="ScanRuleException">A rule can't be used; it names the rule, the position in its pattern and the reason.</exception>
    public static Scanner Compile(IReadOnlyList<ScanRule> rules, ScannerOptions? options = null)
    {
        _ = options;
        return new Scanner(rules);
    }

    /// <summary>Everything that would make <see cref="Compile"/> refuse <paramref name="rule"/>; null if nothing would.</summary>
    public static ScanRuleException? Validate(ScanRule rule) => null;

    /// <summary>Finds what to mask in one unit of text. <paramref name="findings"/> is cleared first.</summary>
    public ScanStatus Scan(ReadOnlySpan<byte> unit, FindingList findings) => throw new NotImplementedException();

    /// <summary>
    /// As <see cref="Scan"/>, for the decimal text of a number that was not text in the payload: only rules that prove
    /// themselves by a checksum (<see cref="ScanRule.Check"/>) and need no context are asked.
    /// </summary>
    public ScanStatus ScanNumber(ReadOnlySpan<byte> digits, FindingList findings) => throw new NotImplementedException();

    /// <summary>First stage over a whole buffer: every place that could matter to any rule. <paramref name="candidates"/> is cleared first.</summary>
    public void FindCandidates(ReadOnlySpan<byte> buffer, CandidateList candidates) => throw new NotImplementedException();

    /// <summary>
    /// Second and third stage for one unit inside a buffer whose candidates are known. Gives the very findings that
    /// <see cref="Scan"/> gives for the unit alone. <paramref name="findings"/> is cleared first; offsets in it count from the start of the unit.
    /// </summary>
    /// <param name="buffer">The buffer that was given to <see cref="FindCandidates"/>.</param>
    /// <param name="start">Where the unit starts in it.</param>
    /// <param name="length">How long the unit is.</param>
    /// <param name="candidates">What <see cref="FindCandidates"/> found; those outside the unit are ignored.</param>
    /// <param name="findings">Receives the findings.</param>
    public ScanStatus Confirm(ReadOnlySpan<byte> buffer, int start, int length, CandidateList candidates, FindingList findings) =>
        throw new NotImplementedException();

    /// <summary>The first rule whose <see cref="ScanRule.Keys"/> name <paramref name="name"/>: the value beside it is secret. -1 if none does.</summary>
    public int MatchName(ReadOnlySpan<byte> name) => throw new NotImplementedException();
}
