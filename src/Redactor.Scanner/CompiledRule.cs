using Redactor.Scanning.Automata;
using Redactor.Scanning.Expressions;
using Redactor.Scanning.Judging;

namespace Redactor.Scanning;

/// <summary>One rule with a pattern, ready to confirm: where its atoms stand, its automaton, its judge.</summary>
internal sealed class CompiledRule
{
    private readonly LazyDfa automaton;
    private readonly Program program;
    private readonly Judge judge;
    private readonly Dictionary<Node, LazyDfa> rests;
    private readonly Dictionary<Node, BackwardDfa> fronts;

    private CompiledRule(ScanRule rule, int number, Program program, IReadOnlyList<Placement> placements, AutomatonBudget budget)
    {
        Number = number;
        MaxLength = rule.MaxLength;
        Placements = placements;
        this.program = program;
        automaton = new LazyDfa(program, budget);
        rests = OfEach(placements.Select(p => p.Rest), rest => new LazyDfa(Compiler.Compile(rest), budget));
        fronts = OfEach(placements.Select(p => p.Front), front => new BackwardDfa(front, budget));
        judge = new Judge(rule);
        TakesNumbers = rule.Check is not null && rule.Near is null;
    }

    internal int Number { get; }

    internal int MaxLength { get; }

    /// <summary>Where to start looking: every match holds one of these.</summary>
    internal IReadOnlyList<Placement> Placements { get; }

    /// <summary>Whether the rule proves itself by a checksum alone, so that a bare number can be asked of it.</summary>
    internal bool TakesNumbers { get; }

    /// <summary>Compiles one rule; null if it has no pattern. Only where it is not <paramref name="filtered"/> may a pattern do without atoms.</summary>
    /// <exception cref="ScanRuleException">It can't be used.</exception>
    internal static CompiledRule? Compile(ScanRule rule, int number, AutomatonBudget budget, bool filtered)
    {
        Validate(rule);
        if (rule.Pattern is null)
        {
            return null;
        }

        try
        {
            Node tree = ExpressionParser.Parse(rule.Pattern);
            IReadOnlyList<Placement> placements = !filtered ? [] : RequiredAtoms.Find(tree) ?? KeywordAtoms.Of(rule) ?? throw new ExpressionException(
                0, "nothing in this pattern is rare enough to search text for; add a literal of three characters or more, or keywords:");
            return new CompiledRule(rule, number, Compiler.Compile(tree), placements, budget);
        }
        catch (ExpressionException e)
        {
            throw new ScanRuleException(rule.Id, "pattern", e.Position, e.Message);
        }
    }

    /// <summary>The automaton for what a match holds from an atom on, where its distance from the start varies; else null.</summary>
    internal LazyDfa? RestFrom(Placement placement) => placement.Rest is null ? null : rests[placement.Rest];

    /// <summary>The automaton for what a match holds up to an atom, where its distance from the start varies; else null.</summary>
    internal BackwardDfa? FrontOf(Placement placement) => placement.Front is null ? null : fronts[placement.Front];

    /// <summary>Which bytes can stand behind an atom in a match, at up to <paramref name="count"/> places.</summary>
    internal List<ByteSet> Behind(Placement placement, int count) =>
        placement.Rest is not null ? Following.Of(rests[placement.Rest].Program, 0, placement.Atom, count)
        : placement.MinOffset == placement.MaxOffset ? Following.Of(program, placement.MinOffset, placement.Atom, count)
        : [];

    /// <summary>Tries a match at <paramref name="start"/>.</summary>
    /// <returns>Whether there is one that the judge accepts; <paramref name="end"/> is then where it ends.</returns>
    internal bool TryConfirm(ReadOnlySpan<byte> unit, int start, GroupFinder groups, ref long steps, out Finding finding, out int end)
    {
        finding = default;
        if (!TryMatch(unit, start, groups, ref steps, out end, out bool cut, out int valueStart, out int valueEnd)
            || judge.Decide(unit, start, end, valueStart, valueEnd) != Judgement.Accepted)
        {
            return false;
        }

        RunOn(unit, cut, ref end, ref valueEnd);
        finding = new Finding(Number, valueStart, valueEnd - valueStart);
        return true;
    }

    /// <summary>Tries a match at <paramref name="start"/> and tells what the judge makes of it; null if there is none.</summary>
    internal MatchExplanation? Explain(ReadOnlySpan<byte> unit, int start, GroupFinder groups, ref long steps)
    {
        if (!TryMatch(unit, start, groups, ref steps, out int end, out bool cut, out int valueStart, out int valueEnd))
        {
            return null;
        }

        double entropy = Entropy.Of(unit[valueStart..valueEnd]);
        Judgement judgement = judge.Decide(unit, start, end, valueStart, valueEnd);
        RunOn(unit, cut, ref end, ref valueEnd);
        return new MatchExplanation(start, end, new Finding(Number, valueStart, valueEnd - valueStart), judgement, entropy);
    }

    private static Dictionary<Node, TAutomaton> OfEach<TAutomaton>(IEnumerable<Node?> nodes, Func<Node, TAutomaton> compile) =>
        nodes.OfType<Node>().Distinct(ReferenceEqualityComparer.Instance).Cast<Node>().ToDictionary(node => node, compile, (IEqualityComparer<Node>)ReferenceEqualityComparer.Instance);

    private bool TryMatch(
        ReadOnlySpan<byte> unit, int start, GroupFinder groups, ref long steps, out int end, out bool cut, out int valueStart, out int valueEnd)
    {
        (end, cut, valueStart, valueEnd) = (-1, false, -1, -1);
        if (NonAsciiChar.IsInside(unit, start))
        {
            return false;
        }

        end = automaton.Match(unit, start, Math.Min(unit.Length, start + MaxLength), ref steps, out cut);
        if (end <= start)
        {
            return false;
        }

        (valueStart, valueEnd) = (start, end);
        if (program.Groups > 0)
        {
            groups.TryFind(program, unit, start, end, ref steps, out valueStart, out valueEnd);
        }

        return true;
    }

    /// <summary>If the match was cut, the token is longer than any match may be: the rest of it must not stay readable.</summary>
    private static void RunOn(ReadOnlySpan<byte> unit, bool cut, ref int end, ref int valueEnd)
    {
        int rest = end;
        while (cut && rest < unit.Length && IsTokenByte(unit[rest]))
        {
            rest++;
        }

        valueEnd = valueEnd == end ? rest : valueEnd;
        end = rest;
    }

    private static void Validate(ScanRule rule)
    {
        if (rule.Pattern is null && rule.Keys.Count == 0)
        {
            throw new ScanRuleException(rule.Id, "pattern", -1, "a rule needs a pattern, or keys, or both");
        }

        if (rule.MaxLength is < 1 or > ScanLimits.MaxMatchLength)
        {
            throw new ScanRuleException(rule.Id, "max_length", -1, $"the greatest match length is 1 to {ScanLimits.MaxMatchLength} bytes");
        }

        if (rule.Near is { } near && (near.Words.Count == 0 || near.Words.Any(w => w.Length == 0) || near.Within is < 1 or > 256))
        {
            throw new ScanRuleException(rule.Id, "near", -1, "near needs at least one word and a distance of 1 to 256 bytes");
        }

        if (rule.Except.Any(name => !name.Any(char.IsLetterOrDigit)))
        {
            throw new ScanRuleException(rule.Id, "except", -1, "a name needs letters or digits");
        }
    }

    internal static bool IsTokenByte(byte b) =>
        ByteClasses.Word.Contains(b) || b is (byte)'-' or (byte)'+' or (byte)'/' or (byte)'=' or (byte)'.' or (byte)'~' or (byte)'%' or >= 0x80;
}
