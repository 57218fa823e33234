namespace Redactor.Scanning.Automata;

/// <summary>Finds where in a known match the way through a program comes by one instruction, which every way does once.</summary>
internal sealed class GroupBorder
{
    private readonly DfaBuilder builder;
    private readonly byte[] classOf;
    private readonly ByteSet following;
    private readonly bool mayEnd;

    internal GroupBorder(Program program, int instruction, AutomatonBudget budget)
    {
        builder = new DfaBuilder(program, budget, everyEnd: true, end: instruction);
        classOf = builder.ClassOf;
        (following, mayEnd) = Following.First(program, instruction);
    }

    /// <summary>Whether nothing can stand behind it in a match.</summary>
    internal bool IsEnd => following.IsEmpty;

    /// <summary>Looks for it in the match from <paramref name="start"/> to <paramref name="end"/>; fails where there is more than one place that it may be at.</summary>
    internal bool TryFind(ReadOnlySpan<byte> unit, int start, int end, ref long steps, out int place)
    {
        place = -1;
        DfaCache cache = builder.Cache;
        uint state = cache.StartState(start == 0 ? Before.UnitStart : BeforeExtensions.Of(unit[start - 1]));
        int last = mayEnd ? end : end - 1, at = start;
        for (uint entry = 0; at <= last && entry != builder.Dead; at++)
        {
            int symbol = at < unit.Length ? classOf[unit[at]] : builder.EndClass;
            entry = cache.Next(state, symbol);
            if (entry == 0)
            {
                entry = builder.Step(ref cache, ref state, symbol, ref steps);
            }

            if ((entry & LazyDfa.MatchBit) != 0)
            {
                entry &= ~LazyDfa.MatchBit;
                if (at == end || following.Contains(unit[at]))
                {
                    if (place >= 0)
                    {
                        place = -1;
                        break;
                    }

                    place = at;
                }
            }

            state = entry;
        }

        steps += at - start;
        return place >= 0;
    }
}
