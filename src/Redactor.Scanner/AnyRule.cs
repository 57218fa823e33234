using System.Globalization;
using Redactor.Scanning.Automata;
using Redactor.Scanning.Expressions;

namespace Redactor.Scanning;

/// <summary>
/// One automaton for all the rules of an atom that start at the same distance before it: <c>token</c> starts four, and where none of them matches, one look tells so
/// instead of four.
/// </summary>
internal sealed class AnyRule
{
    /// <summary>The states of more rules than this are too many to be met again.</summary>
    private const int MostRules = 8;

    private readonly LazyDfa automaton;
    private readonly int offset;
    private readonly int maxLength;

    private AnyRule(LazyDfa automaton, int offset, int maxLength)
    {
        this.automaton = automaton;
        this.offset = offset;
        this.maxLength = maxLength;
    }

    /// <summary>The automaton for <paramref name="uses"/>, of rules with these <paramref name="expressions"/>, one for all atoms of the same rules; null if they are too few or many, or start at different places.</summary>
    internal static AnyRule? Of(AtomUse[] uses, IReadOnlyDictionary<int, Node> expressions, AutomatonBudget budget, Dictionary<string, AnyRule?> known)
    {
        uses = [.. uses.Where(use => use.Front is null)];
        if (uses.Length is < 2 or > MostRules || uses.Any(use => use.MinOffset != uses[0].MinOffset))
        {
            return null;
        }

        string key = string.Join(',', uses.Select(use => use.Rule).Prepend(uses[0].MinOffset).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        if (!known.TryGetValue(key, out AnyRule? any))
        {
            any = Compile(uses, expressions, budget);
            known.Add(key, any);
        }

        return any;
    }

    /// <summary>Whether some of the rules may match around the atom at <paramref name="position"/>.</summary>
    internal bool MayMatch(ReadOnlySpan<byte> unit, int position, ref long steps)
    {
        int start = position - offset;
        return start >= 0 && automaton.HasMatch(unit, start, Math.Min(unit.Length, start + maxLength), ref steps);
    }

    private static AnyRule? Compile(AtomUse[] uses, IReadOnlyDictionary<int, Node> expressions, AutomatonBudget budget)
    {
        try
        {
            var either = new Node.Alternate([.. uses.Select(use => expressions[use.Rule])]);
            return new AnyRule(new LazyDfa(Compiler.Compile(either), budget), uses[0].MinOffset, uses.Max(use => use.MaxLength));
        }
        catch (ExpressionException)
        {
            return null; // larger together than an expression may be: each is tried for itself
        }
    }
}
