namespace Redactor.Scanning.Automata;

/// <summary>
/// Finds what the only group of a known match covers: it starts wherever what stands before the group may end and a byte follows that the rest may begin with, and ends likewise.
/// That is nearly always one place each.
/// <code>
/// token[\s=:]{1,3}([\w-]{16,})\b on "token= 3f..."    "token=" and "token= " may stand before it, but it does not begin with a blank: it starts at 7
/// </code>
/// </summary>
internal sealed class GroupSpan
{
    private readonly GroupBorder open;
    private readonly GroupBorder? close;

    private GroupSpan(GroupBorder open, GroupBorder? close, LazyDfa? tail)
    {
        this.open = open;
        this.close = close;
        Tail = tail;
    }

    /// <summary>Runs the group and what is behind it, if the match ends where the group ends; else null.</summary>
    internal LazyDfa? Tail { get; }

    /// <summary>For the group of <paramref name="program"/>; null where there are several, or it is in a repeat, or a match can do without it.</summary>
    internal static GroupSpan? Of(Program program, AutomatonBudget budget)
    {
        int[] saves = [.. program.Code.Index().Where(i => i.Item.Op == Op.Save).OrderBy(i => i.Item.Argument).Select(i => i.Index)];
        if (saves.Length != 2 || program.Leads(saves[1], saves[0]) || program.Leads(program.Start, program.End, without: saves[0]))
        {
            return null;
        }

        GroupBorder open = new(program, saves[0], budget), close = new(program, saves[1], budget);
        return close.IsEnd ? new GroupSpan(open, null, new LazyDfa(program.From(saves[0]), budget)) : new GroupSpan(open, close, null);
    }

    /// <summary>Looks for the group in the match from <paramref name="start"/> to <paramref name="end"/>; fails where it is empty or there is more than one place for one of its ends.</summary>
    internal bool TryFind(ReadOnlySpan<byte> unit, int start, int end, ref long steps, out int groupStart, out int groupEnd)
    {
        groupEnd = end;
        return open.TryFind(unit, start, end, ref steps, out groupStart) && (close is null || close.TryFind(unit, start, end, ref steps, out groupEnd)) && groupStart < groupEnd;
    }
}
