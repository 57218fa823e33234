namespace Redactor.Scanning.Automata;

/// <summary>
/// Finds where the only group of a known match starts, if it ends where the match ends (<see cref="Program.Tail"/>): wherever what stands before the group may end and a byte
/// follows that the group may begin with. That is nearly always one place only.
/// <code>
/// token[\s=:]{1,3}([\w-]{16,})\b on "token= 3f..."    "token=" and "token= " may stand before it, but it does not begin with a blank: it starts at 3
/// </code>
/// </summary>
internal sealed class GroupStart
{
    private readonly DfaBuilder builder;
    private readonly byte[] classOf;
    private readonly ByteSet first;

    private GroupStart(Program program, ByteSet first, AutomatonBudget budget)
    {
        builder = new DfaBuilder(program, budget, everyEnd: true, end: program.Tail);
        classOf = builder.ClassOf;
        this.first = first;
    }

    /// <summary>For the group of <paramref name="program"/>; null where it does not end with the match, can be empty, or a match can do without it.</summary>
    internal static GroupStart? Of(Program program, AutomatonBudget budget) =>
        program.Tail >= 0 && !program.CanAvoid(program.Tail) && Following.First(program, program.Tail) is { } first ? new GroupStart(program, first, budget) : null;

    /// <summary>Looks for the group in the match from <paramref name="start"/> to <paramref name="end"/>; fails where there is more than one place that it may start at.</summary>
    internal bool TryFind(ReadOnlySpan<byte> unit, int start, int end, ref long steps, out int groupStart)
    {
        groupStart = -1;
        DfaCache cache = builder.Cache;
        uint state = cache.StartState(start == 0 ? Before.UnitStart : BeforeExtensions.Of(unit[start - 1]));
        int at = start;
        for (uint entry = 0; at < end && entry != builder.Dead; at++)
        {
            int symbol = classOf[unit[at]];
            entry = cache.Next(state, symbol);
            if (entry == 0)
            {
                entry = builder.Step(ref cache, ref state, symbol, ref steps);
            }

            if ((entry & LazyDfa.MatchBit) != 0)
            {
                entry &= ~LazyDfa.MatchBit;
                if (first.Contains(unit[at]))
                {
                    if (groupStart >= 0)
                    {
                        groupStart = -1;
                        break;
                    }

                    groupStart = at;
                }
            }

            state = entry;
        }

        steps += at - start;
        return groupStart >= 0;
    }
}
