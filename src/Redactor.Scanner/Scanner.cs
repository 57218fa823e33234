using Redactor.Scanning.Automata;
using Redactor.Scanning.Exact;
using Redactor.Scanning.Filtering;
using Redactor.Scanning.Names;

namespace Redactor.Scanning;

/// <summary>
/// A compiled set of rules. Immutable and safe to share between threads; scanning allocates nothing in the steady state.
/// <code>
/// var scanner = Scanner.Compile(rules);
/// var findings = new FindingList();
/// scanner.Scan("key sk-..."u8, findings);
/// </code>
/// </summary>
public sealed partial class Scanner
{
    /// <summary>
    /// What stands before, between and behind units that are searched together: a byte that no character has in UTF-8. No word, and no rule, reaches across it.
    /// </summary>
    public const byte UnitSeparator = 0xFF;

    /// <summary>What the states of all automata of a set may grow to, of the 16 MiB that a set may take: 500 rules take 10 MiB before their first state.</summary>
    private const int AutomataBytes = 6 << 20;
    private const int LeastAutomatonBytes = 16 << 10;
    private const int MostAutomatonBytes = 1 << 20;

    /// <summary>In place of an atom where there is no filter: anything may be here.</summary>
    private const int AnyAtom = int.MaxValue;

    [ThreadStatic]
    private static UnitScan? unitScan;

    [ThreadStatic]
    private static CandidateList? unitCandidates;

    private readonly Filter? filter;
    private readonly NameIndex names;
    private readonly CompiledRule[] numberRules;
    private readonly ValueSet[] values;

    private Scanner(IReadOnlyList<ScanRule> rules, CompiledRule?[] compiled, IReadOnlyList<RulePlaces> places, ScannerOptions options, AutomatonBudget budget)
    {
        Rules = rules;
        Compiled = compiled;
        numberRules = [.. compiled.OfType<CompiledRule>().Where(r => r.TakesNumbers)];
        names = new NameIndex(rules);
        values = [.. options.Values.SelectMany(known => known.Sets)];
        MaxMatchLength = Math.Max(compiled.Max(r => r?.MaxLength) ?? 0, values.Select(set => set.MaxLength).DefaultIfEmpty().Max());
        Atoms = new AtomTable(rules, places, budget);
        filter = options.Engine == FilterEngine.None ? null : Filter.Create(Atoms.Atoms, options.Engine);
    }

    /// <summary>The rules in order of priority; a finding's <see cref="Finding.Rule"/> is an index into it.</summary>
    public IReadOnlyList<ScanRule> Rules { get; }

    /// <summary>Which filter runs.</summary>
    public FilterEngine Engine => filter?.Engine ?? FilterEngine.None;

    internal CompiledRule?[] Compiled { get; }

    internal AtomTable Atoms { get; }

    /// <summary>The greatest length of any rule's match and of any exact value, in bytes.</summary>
    internal int MaxMatchLength { get; }

    /// <summary>What candidates of the first set of exact values have for an atom: the number behind all others. Those of the next set have the next one.</summary>
    private int ValueAtom => Atoms.Atoms.Count;

    private static UnitScan Worker => unitScan ??= new UnitScan();

    /// <summary>Compiles <paramref name="rules"/>.</summary>
    /// <exception cref="ScanRuleException">A rule can't be used; it names the rule, the position in its pattern and the reason.</exception>
    public static Scanner Compile(IReadOnlyList<ScanRule> rules, ScannerOptions? options = null)
    {
        var budget = new AutomatonBudget(AutomataBytes, LeastAutomatonBytes, MostAutomatonBytes);
        options ??= new ScannerOptions();
        bool filtered = options.Engine != FilterEngine.None;
        foreach (ExactValues values in options.Values)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(values.MaxRule, rules.Count, nameof(options));
        }

        List<RulePlaces> places = [];
        var compiled = new CompiledRule?[rules.Count];
        for (int number = 0; number < compiled.Length; number++)
        {
            compiled[number] = CompileRule(rules[number], number, budget, filtered, options.Values.Count > 0, out RulePlaces? ofRule);
            if (ofRule is not null)
            {
                places.Add(ofRule);
            }
        }

        return new Scanner(rules, compiled, places, options, budget);
    }

    /// <summary>Everything that would make <see cref="Compile"/> refuse <paramref name="rule"/>; null if nothing would.</summary>
    public static ScanRuleException? Validate(ScanRule rule)
    {
        try
        {
            CompileRule(rule, 0, new AutomatonBudget(0, 0, 0), filtered: true, hasValues: false, out _);
            return null;
        }
        catch (ScanRuleException e)
        {
            return e;
        }
    }

    /// <summary>Finds what to mask in one unit of text. <paramref name="findings"/> is cleared first.</summary>
    public ScanStatus Scan(ReadOnlySpan<byte> unit, FindingList findings)
    {
        CandidateList candidates = unitCandidates ??= new CandidateList();
        findings.Clear();
        UnitScan worker = Worker;
        worker.Begin(this);
        ScanStatus status;
        if (filter is null)
        {
            long budget = UnitScan.Budget(unit.Length);
            status = worker.TryEverywhere(unit, Compiled, 0, unit.Length, findings);
            status = status == ScanStatus.Complete && !ScanValues(unit, 0, unit.Length, ref budget, findings) ? ScanStatus.OverBudget : status;
        }
        else
        {
            status = worker.Scan(this, filter, unit, candidates, findings);
        }

        findings.Sort();
        return status;
    }

    /// <summary>
    /// As <see cref="Scan(ReadOnlySpan{byte}, FindingList)"/>, for the decimal text of a number that was not text in the payload: only rules that prove
    /// themselves by a checksum (<see cref="ScanRule.Check"/>) and need no context are asked.
    /// </summary>
    public ScanStatus ScanNumber(ReadOnlySpan<byte> digits, FindingList findings)
    {
        findings.Clear();
        Worker.Begin(this);
        return Worker.TryEverywhere(digits, numberRules, 0, digits.Length, findings);
    }

    /// <summary>First stage over a whole buffer: every place that could matter to any rule. <paramref name="candidates"/> is cleared first.</summary>
    /// <param name="buffer">Units, and whatever stands around them.</param>
    /// <param name="candidates">Receives what is found.</param>
    /// <param name="oneUnit">Whether <paramref name="buffer"/> is one unit, or a part of one: no byte in it is another unit's length then, and fewer places could matter.</param>
    public void FindCandidates(ReadOnlySpan<byte> buffer, CandidateList candidates, bool oneUnit = false)
    {
        candidates.Clear();
        if (filter is null)
        {
            for (int i = 0; i < buffer.Length; i++)
            {
                candidates.Add(i, AnyAtom);
            }
        }
        else
        {
            filter.Find(buffer, candidates, oneUnit);
        }

        FindValues(buffer, candidates);
    }

    /// <summary>
    /// Second and third stage for one unit inside a buffer whose candidates are known. Gives the very findings that
    /// <see cref="Scan(ReadOnlySpan{byte}, FindingList)"/> gives for the unit alone. <paramref name="findings"/> is cleared first; offsets in it count from the start of the unit.
    /// </summary>
    /// <param name="buffer">The buffer that was given to <see cref="FindCandidates"/>.</param>
    /// <param name="start">Where the unit starts in it.</param>
    /// <param name="length">How long the unit is.</param>
    /// <param name="candidates">What <see cref="FindCandidates"/> found; those outside the unit are ignored.</param>
    /// <param name="findings">Receives the findings.</param>
    public ScanStatus Confirm(ReadOnlySpan<byte> buffer, int start, int length, CandidateList candidates, FindingList findings) =>
        Confirm(buffer, start, length, candidates.Items, findings);

    /// <summary>As <see cref="Confirm(ReadOnlySpan{byte}, int, int, CandidateList, FindingList)"/>, for a caller who knows which candidates lie in the unit.</summary>
    public ScanStatus Confirm(ReadOnlySpan<byte> buffer, int start, int length, ReadOnlySpan<Candidate> candidates, FindingList findings)
    {
        if (!WordStart.MayBeAt(buffer, start))
        {
            // The filter took the unit's first bytes for the middle of a word: there is neither a tag with a length nor a boundary before it.
            return Scan(buffer.Slice(start, length), findings);
        }

        findings.Clear();
        UnitScan worker = Worker;
        worker.Begin(this);
        ScanStatus status = ConfirmPart(worker, buffer, start, length, candidates, 0, length, findings);
        findings.Sort();
        return status;
    }

    /// <summary>From now on, until it is called with null, the scans of the calling thread are counted in <paramref name="costs"/>.</summary>
    public static void Observe(RuleCosts? costs) => Worker.Observed = costs;

    /// <summary>How the rules come to what <see cref="Scan(ReadOnlySpan{byte}, FindingList)"/> finds: those for which the filter sees something, in order of priority.</summary>
    public IReadOnlyList<RuleExplanation> Explain(ReadOnlySpan<byte> unit) => Explainer.Explain(this, unit);

    /// <summary>The first rule whose <see cref="ScanRule.Keys"/> name <paramref name="name"/>: the value beside it is secret. -1 if none does.</summary>
    public int MatchName(ReadOnlySpan<byte> name) => names.Match(name);

    /// <summary>As <see cref="MatchName(ReadOnlySpan{byte})"/>, as if the rules in <paramref name="absent"/> were not there.</summary>
    public int MatchName(ReadOnlySpan<byte> name, List<int> absent) => names.Match(name, absent);

    /// <summary>
    /// The number of the first candidate from the one with number <paramref name="from"/> on that may lie in a name that <see cref="ScanRule.Keys"/> of a rule name; their count if
    /// there is none. In every such name some candidate does.
    /// </summary>
    public int NextAtName(ReadOnlySpan<Candidate> candidates, int from)
    {
        ReadOnlySpan<bool> ofNames = Atoms.AreOfNames;
        while (from < candidates.Length && !(candidates[from].Atom < ofNames.Length ? ofNames[candidates[from].Atom] : candidates[from].Atom == AnyAtom))
        {
            from++;
        }

        return from;
    }

    /// <summary>What an atom looks for and for which rules, for benchmarks.</summary>
    internal string DescribeAtom(int atom) => atom >= ValueAtom
        ? "exact value"
        : $"{Atoms.Atoms[atom]} for {string.Join(", ", Atoms.Uses[atom].Select(u => Rules[u.Rule].Id))}";

    /// <summary>Second and third stage for what starts in one part of a unit.</summary>
    internal ScanStatus ConfirmPart(
        UnitScan worker, ReadOnlySpan<byte> buffer, int start, int length, ReadOnlySpan<Candidate> candidates, int from, int until, FindingList findings)
    {
        ReadOnlySpan<byte> unit = buffer.Slice(start, length);
        ScanStatus status = filter is null
            ? worker.TryEverywhere(unit, Compiled, from, until, findings)
            : worker.Confirm(this, buffer, start, length, candidates, from, until, findings);
        return ConfirmValues(unit, start, candidates, from, until, findings, status);
    }

    private static CompiledRule? CompileRule(ScanRule rule, int number, AutomatonBudget budget, bool filtered, bool hasValues, out RulePlaces? places)
    {
        places = null;
        foreach (string key in rule.Keys)
        {
            try
            {
                NameKey.Parse(key);
            }
            catch (FormatException e)
            {
                throw new ScanRuleException(rule.Id, "keys", -1, e.Message);
            }
        }

        return rule.HasOnlyValues && hasValues ? null : CompiledRule.Compile(rule, number, budget, filtered, out places);
    }
}
