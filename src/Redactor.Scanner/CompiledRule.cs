using Redactor.Scanning.Automata;
using Redactor.Scanning.Expressions;
using Redactor.Scanning.Judging;

namespace Redactor.Scanning;

/// <summary>One rule with a pattern, ready to confirm: where its atoms stand, its automaton, its judge.</summary>
internal sealed class CompiledRule
{
    private readonly LazyDfa automaton;
    private readonly GroupSpan? group;
    private readonly Judge judge;

    private CompiledRule(ScanRule rule, int number, Program program, AutomatonBudget budget)
    {
        Number = number;
        MaxLength = rule.MaxLength;
        automaton = new LazyDfa(program, budget);
        group = GroupSpan.Of(program, budget);
        judge = new Judge(rule);
        TakesNumbers = rule.Check is not null && rule.Near is null;
    }

    internal int Number { get; }

    internal int MaxLength { get; }

    /// <summary>Whether the rule proves itself by a checksum alone, so that a bare number can be asked of it.</summary>
    internal bool TakesNumbers { get; }

    /// <summary>Compiles one rule; null if it has no pattern. Only where it is not <paramref name="filtered"/> may a pattern do without atoms.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="number">Its place among all rules.</param>
    /// <param name="budget">What the states of its automata are counted in.</param>
    /// <param name="filtered">Whether a filter finds where to start.</param>
    /// <param name="places">Where to start looking; null if there is no pattern.</param>
    /// <exception cref="ScanRuleException">It can't be used.</exception>
    internal static CompiledRule? Compile(ScanRule rule, int number, AutomatonBudget budget, bool filtered, out RulePlaces? places)
    {
        Validate(rule);
        places = null;
        if (rule.Pattern is null)
        {
            return null;
        }

        try
        {
            Node tree = ExpressionParser.Parse(rule.Pattern);
            IReadOnlyList<Placement> placements = !filtered ? [] : RequiredAtoms.Find(tree) ?? KeywordAtoms.Of(rule) ?? throw new ExpressionException(
                0, "nothing in this pattern is rare enough to search text for; add a literal of three characters or more, or keywords:");
            Program program = Compiler.Compile(tree);
            places = new RulePlaces(number, rule.MaxLength, tree, program, placements, budget);
            return new CompiledRule(rule, number, program, budget);
        }
        catch (ExpressionException e)
        {
            throw new ScanRuleException(rule.Id, "pattern", e.Position, e.Message);
        }
    }

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
        if (automaton.Program.Groups > 0 && (group is null || !group.TryFind(unit, start, end, ref steps, out valueStart, out valueEnd)))
        {
            groups.TryFind(automaton.Program, group?.Tail, unit, start, end, ref steps, out valueStart, out valueEnd);
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

        if (rule.Near is { } near && (near.Words.Count == 0 || near.Words.Any(w => w.Length == 0) || near.Within is < 1 or > ScanLimits.MaxNearDistance))
        {
            throw new ScanRuleException(rule.Id, "near", -1, $"near needs at least one word and a distance of 1 to {ScanLimits.MaxNearDistance} bytes");
        }

        if (rule.Except.Any(name => !name.Any(char.IsLetterOrDigit)))
        {
            throw new ScanRuleException(rule.Id, "except", -1, "a name needs letters or digits");
        }
    }

    internal static bool IsTokenByte(byte b) =>
        ByteClasses.Word.Contains(b) || b is (byte)'-' or (byte)'+' or (byte)'/' or (byte)'=' or (byte)'.' or (byte)'~' or (byte)'%' or >= 0x80;
}
