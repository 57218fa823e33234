using Redactor.Scanning.Automata;
using Redactor.Scanning.Expressions;

namespace Redactor.Scanning;

/// <summary>
/// One automaton for what stands before an atom in all the rules that start at a varying distance from it: ten vendors' rules look at <c>token=</c>, and one look back tells that
/// none of the vendors is named.
/// </summary>
internal sealed class AnyFront
{
    private readonly BackwardDfa automaton;
    private readonly int maxOffset;

    private AnyFront(BackwardDfa automaton, int maxOffset)
    {
        this.automaton = automaton;
        this.maxOffset = maxOffset;
    }

    /// <summary>The automaton for <paramref name="fronts"/>, which reach no further than <paramref name="maxOffset"/> bytes; null if there are too few, or they are too large together.</summary>
    internal static AnyFront? Of(IReadOnlyList<Node> fronts, int maxOffset, AutomatonBudget budget)
    {
        if (fronts.Count < 2)
        {
            return null;
        }

        try
        {
            return new AnyFront(new BackwardDfa(new Node.Alternate([.. fronts]), budget), maxOffset);
        }
        catch (ExpressionException)
        {
            return null; // each is looked for by itself
        }
    }

    /// <summary>Whether some of the rules may start before the atom at <paramref name="position"/>.</summary>
    internal bool MayStart(ReadOnlySpan<byte> unit, int position, ref long steps) =>
        automaton.FindsAny(unit, position, Math.Max(0, position - maxOffset), ref steps);
}
