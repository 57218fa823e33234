using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Automata;

/// <summary>
/// Finds where a match may start by what has to stand between its start and an atom: runs the mirror image of that from the atom towards the front of the unit.
/// <code>
/// [^\w.](\w[\w.]{0,9}@...)    ", jo.e@x" from the '@': "e" may be a start's second byte, and so on up to "jo.e"; only " jo.e" has a front: one start instead of four
/// </code>
/// </summary>
internal sealed class BackwardDfa
{
    private readonly DfaBuilder builder;
    private readonly byte[] classOf;

    internal BackwardDfa(Node front, AutomatonBudget budget)
    {
        builder = new DfaBuilder(Compiler.Compile(Mirror.Of(front)), budget, everyEnd: true);
        classOf = builder.ClassOf;
    }

    /// <summary>Replaces <paramref name="starts"/> by every possible start before the atom at <paramref name="end"/>, but none before <paramref name="limit"/>, the last first.</summary>
    internal void Find(ReadOnlySpan<byte> unit, int end, int limit, ref long steps, List<int> starts)
    {
        starts.Clear();
        Run(unit, end, limit, ref steps, starts);
    }

    /// <summary>Whether there is a start that <see cref="Find"/> would find.</summary>
    internal bool FindsAny(ReadOnlySpan<byte> unit, int end, int limit, ref long steps) => Run(unit, end, limit, ref steps, starts: null);

    /// <summary>Adds every start to <paramref name="starts"/>, or stops at the first if nobody wants them; tells whether there is one.</summary>
    private bool Run(ReadOnlySpan<byte> unit, int end, int limit, ref long steps, List<int>? starts)
    {
        DfaCache cache = builder.Cache;
        uint state = cache.StartState(Before.Other);
        bool found = false;
        int at = end;
        for (; at >= limit; at--)
        {
            int symbol = at > 0 ? classOf[unit[at - 1]] : builder.EndClass;
            uint entry = cache.Next(state, symbol);
            if (entry == 0)
            {
                entry = builder.Step(ref cache, ref state, symbol, ref steps);
            }

            if ((entry & LazyDfa.MatchBit) != 0)
            {
                found = true;
                starts?.Add(at);
                entry &= ~LazyDfa.MatchBit;
            }

            if (entry == builder.Dead || (found && starts is null))
            {
                break;
            }

            state = entry;
        }

        steps += end - at;
        return found;
    }
}
