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

    private CompiledRule(ScanRule rule, int number, Program program, IReadOnlyList<Placement> placements, int maxAutomatonBytes)
    {
        Number = number;
        MaxLength = rule.MaxLength;
        Placements = placements;
        this.program = program;
        automaton = new LazyDfa(program, maxAutomatonBytes);
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
    internal static CompiledRule? Compile(ScanRule rule, int number, int maxAutomatonBytes, bool filtered)
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
            return new CompiledRule(rule, number, Compiler.Compile(tree), placements, maxAutomatonBytes);
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
        end = -1;
        if (NonAsciiChar.IsInside(unit, start))
        {
            return false;
        }

        end = automaton.Match(unit, start, Math.Min(unit.Length, start + MaxLength), ref steps, out bool cut);
        if (end <= start)
        {
            return false;
        }

        (int valueStart, int valueEnd) = (start, end);
        if (program.Groups > 0)
        {
            groups.TryFind(program, unit, start, end, ref steps, out valueStart, out valueEnd);
        }

        if (!judge.Accepts(unit, start, end, valueStart, valueEnd))
        {
            return false;
        }

        if (cut)
        {
            // The token is longer than any match may be: the rest of it must not stay readable.
            int rest = end;
            while (rest < unit.Length && IsTokenByte(unit[rest]))
            {
                rest++;
            }

            valueEnd = valueEnd == end ? rest : valueEnd;
            end = rest;
        }

        finding = new Finding(Number, valueStart, valueEnd - valueStart);
        return true;
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
    }

    internal static bool IsTokenByte(byte b) =>
        ByteClasses.Word.Contains(b) || b is (byte)'-' or (byte)'+' or (byte)'/' or (byte)'=' or (byte)'.' or (byte)'~' or (byte)'%' or >= 0x80;
}
