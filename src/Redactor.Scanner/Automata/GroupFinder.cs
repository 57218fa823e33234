using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Automata;

/// <summary>
/// Finds what the groups of a known match cover, by trying the ways through the program in order of preference. Each place where ways
/// meet is entered once a position, so the work is bounded by program times match; where that is too much, nobody asks (<see cref="TryFind"/> fails)
/// and the whole match is masked.
/// </summary>
internal sealed class GroupFinder
{
    /// <summary>Greatest number of (join, position) pairs: 1 Mbit, 128 KiB of marks.</summary>
    private const int MaxMarks = 1 << 20;

    private readonly List<(int Pc, int At, int Slot, int Old)> pending = [];
    private int[] slots = new int[32];
    private ulong[] marks = new ulong[64];

    /// <summary>Finds the first group that took part in the match of <paramref name="program"/> from <paramref name="start"/> to <paramref name="end"/>.</summary>
    /// <remarks>
    /// With a <paramref name="tail"/> (<see cref="GroupSpan.Tail"/>) no way is followed beyond the group's start: of the ways that lead there, the first from which there is a match at all is the one that was taken.
    /// </remarks>
    /// <returns>Whether a group took part and is not empty.</returns>
    internal bool TryFind(Program program, LazyDfa? tail, ReadOnlySpan<byte> unit, int start, int end, ref long steps, out int groupStart, out int groupEnd)
    {
        (groupStart, groupEnd) = (start, end);
        long bits = (long)program.JoinCount * (end - start + 1);
        if (bits > MaxMarks)
        {
            return false;
        }

        Prepare(program, (int)bits);
        if (!Walk(program, tail, unit, start, end, ref steps))
        {
            return false;
        }

        for (int g = 0; g < program.Groups; g++)
        {
            if (slots[2 * g] >= 0 && slots[(2 * g) + 1] > slots[2 * g])
            {
                (groupStart, groupEnd) = (slots[2 * g], slots[(2 * g) + 1]);
                return true;
            }
        }

        return false;
    }

    private void Prepare(Program program, int bits)
    {
        int words = (bits + 63) >> 6;
        if (marks.Length < words)
        {
            marks = new ulong[words * 2];
        }

        if (slots.Length < 2 * program.Groups)
        {
            slots = new int[2 * program.Groups];
        }

        marks.AsSpan(0, words).Clear();
        slots.AsSpan().Fill(-1);
        pending.Clear();
    }

    private bool Walk(Program program, LazyDfa? tail, ReadOnlySpan<byte> unit, int start, int end, ref long steps)
    {
        int width = end - start + 1;
        pending.Add((program.Start, start, -1, 0));
        while (pending.Count > 0)
        {
            var (pc, at, slot, old) = pending[^1];
            pending.RemoveAt(pending.Count - 1);
            if (slot >= 0)
            {
                slots[slot] = old; // a way that failed gives back what it noted
                continue;
            }

            while (pc >= 0)
            {
                steps++;
                int join = program.Joins[pc];
                if (join >= 0 && !Mark((join * width) + at - start))
                {
                    break;
                }

                Instruction i = program.Code[pc];
                switch (i.Op)
                {
                    case Op.Match:
                        if (at == end)
                        {
                            return true;
                        }

                        pc = -1;
                        break;
                    case Op.Split:
                        pending.Add((i.Argument, at, -1, 0));
                        pc = i.Next;
                        break;
                    case Op.Save when tail is not null:
                        if (tail.HasMatch(unit, at, end, ref steps))
                        {
                            (slots[0], slots[1]) = (at, end);
                            return true;
                        }

                        pc = -1;
                        break;
                    case Op.Save:
                        pending.Add((0, 0, i.Argument, slots[i.Argument]));
                        slots[i.Argument] = at;
                        pc = i.Next;
                        break;
                    case Op.Assert:
                        Before before = at == 0 ? Before.UnitStart : BeforeExtensions.Of(unit[at - 1]);
                        pc = Conditions.Holds((AssertKind)i.Argument, before, at == unit.Length ? Conditions.UnitEnd : unit[at]) ? i.Next : -1;
                        break;
                    case Op.Byte:
                        pc = at < end && program.Sets[i.Argument].Contains(unit[at]) ? i.Next : -1;
                        at++;
                        break;
                    default:
                        bool flawed = false;
                        int length = at < end ? NonAsciiChar.Length(unit, at, out flawed) : 0;
                        pc = length > 0 && at + length <= end && (flawed || i.Argument == 0) ? i.Next : -1;
                        at += length;
                        break;
                }
            }
        }

        return false;
    }

    private bool Mark(int bit)
    {
        ref ulong word = ref marks[bit >> 6];
        ulong mask = 1UL << (bit & 63);
        bool first = (word & mask) == 0;
        word |= mask;
        return first;
    }
}
