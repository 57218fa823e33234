using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Automata;

/// <summary>Builds the states of a <see cref="LazyDfa"/> when text first asks for them.</summary>
internal sealed class DfaBuilder
{
    /// <summary>What building costs for each instruction in a state, in steps: less than it takes, for many large rules share the cache and build now and then on honest text too.</summary>
    private const int StepsPerItem = 1;

    private readonly Program program;
    private readonly ByteClasses classes;
    private readonly int units;
    private readonly bool everyEnd;
    private readonly int end;
    private readonly AutomatonBudget budget;
    private readonly Lock gate = new();

    private DfaCache cache;
    private bool outgrown;

    /// <summary>Prepares for building.</summary>
    /// <param name="program">What the automaton runs.</param>
    /// <param name="budget">How large the tables of transitions may grow.</param>
    /// <param name="everyEnd">Whether every end of a match counts, not only that of the preferred one.</param>
    /// <param name="end">An instruction that counts as a match; -1 for none but matches.</param>
    internal DfaBuilder(Program program, AutomatonBudget budget, bool everyEnd = false, int end = -1)
    {
        this.program = program;
        this.budget = budget;
        this.everyEnd = everyEnd;
        this.end = end;
        classes = program.Classes;
        units = (EndClass / DfaCache.RowUnit) + 1;
        cache = new DfaCache(this, units);
    }

    internal byte[] ClassOf => classes.OfByte;

    /// <summary>The class that stands for the unit's end.</summary>
    internal int EndClass => classes.Count;

    internal uint Dead => (uint)units;

    /// <summary>What the caches of all automata of the set take together.</summary>
    internal AutomatonBudget Budget => budget;

    internal DfaCache Cache => Volatile.Read(ref cache);

    internal uint BuildStart(DfaCache target, Before before)
    {
        lock (gate)
        {
            uint row = target.Add(Canonical([program.Start << 3], before));
            target.SetStart(before, row);
            return row;
        }
    }

    /// <summary>The transition of <paramref name="state"/> on <paramref name="symbol"/>. May move the caller to a new cache when the old one is full.</summary>
    /// <remarks>An automaton that has outgrown a cache may go on building for ever: from then on that counts as <paramref name="steps"/>.</remarks>
    internal uint Step(ref DfaCache current, ref uint state, int symbol, ref long steps)
    {
        lock (gate)
        {
            uint entry = current.Next(state, symbol);
            if (entry != 0)
            {
                return entry;
            }

            if (budget.IsOver(current.Bytes) || current.IsFull)
            {
                outgrown = true;
                DfaState here = current[state];
                if (ReferenceEquals(current, cache))
                {
                    budget.Add(-current.Bytes);
                    Volatile.Write(ref cache, new DfaCache(this, units));
                }

                current = cache;
                state = current.Add(here);
            }

            entry = Build(current, current[state], symbol);
            steps += outgrown ? StepsPerItem * (DfaWorkspace.OfThread.Consuming.Count + 1) : 0;
            current.Set(state, symbol, entry);
            return entry;
        }
    }

    private uint Build(DfaCache target, DfaState state, int symbol)
    {
        DfaWorkspace space = DfaWorkspace.OfThread;
        int next = symbol == EndClass ? Conditions.UnitEnd : classes.Representatives[symbol];
        bool matched = Close(space, state, next);
        uint match = matched ? LazyDfa.MatchBit : 0;
        if (next == Conditions.UnitEnd)
        {
            return match | Dead;
        }

        space.After.Clear();
        space.Forget(program);
        foreach (int item in space.Consuming)
        {
            Take(space, item, (byte)next);
        }

        return match | (space.After.Count == 0 ? Dead : target.Add(Canonical([.. space.After], BeforeExtensions.Of((byte)next))));
    }

    /// <summary>
    /// Fills <see cref="DfaWorkspace.Consuming"/> with the instructions that <paramref name="state"/> leads to without taking a byte, in order of preference,
    /// up to a match unless every end counts; tells whether there is one.
    /// </summary>
    private bool Close(DfaWorkspace space, DfaState state, int next)
    {
        space.Consuming.Clear();
        space.Forget(program);
        Stack<int> pending = space.Pending;
        bool matched = false;
        foreach (int root in state.Items)
        {
            pending.Push(root);
            while (pending.TryPop(out int item))
            {
                if (!space.IsNew(item))
                {
                    continue;
                }

                Instruction i = program.Code[item >> 3];
                switch (i.Op)
                {
                    case Op.Match or Op.Save when everyEnd && (i.Op == Op.Match || item >> 3 == end):
                        matched = true;
                        break;
                    case Op.Match:
                        pending.Clear();
                        return true;
                    case Op.Split:
                        pending.Push(i.Argument << 3);
                        pending.Push(i.Next << 3);
                        break;
                    case Op.Save:
                        pending.Push(i.Next << 3);
                        break;
                    case Op.Assert:
                        if (Conditions.Holds((AssertKind)i.Argument, state.Before, next))
                        {
                            pending.Push(i.Next << 3);
                        }

                        break;
                    case Op.NonAscii when (item & 7) != 0 && (next == Conditions.UnitEnd || NonAsciiChar.Step(item & 7, (byte)next) == NonAsciiChar.No):
                        pending.Push(i.Next << 3); // the text broke the character off: it ends here
                        break;
                    default:
                        space.Consuming.Add(item);
                        break;
                }
            }
        }

        return matched;
    }

    private void Take(DfaWorkspace space, int item, byte value)
    {
        int pc = item >> 3;
        Instruction i = program.Code[pc];
        if (i.Op == Op.Byte)
        {
            if (program.Sets[i.Argument].Contains(value))
            {
                Keep(space, i.Next << 3);
            }

            return;
        }

        int inside = NonAsciiChar.Step(item & 7, value);
        bool flawless = inside == NonAsciiChar.Done && (item & 7) != NonAsciiChar.Start;
        if (inside != NonAsciiChar.No && !(flawless && i.Argument != 0))
        {
            Keep(space, inside == NonAsciiChar.Done ? i.Next << 3 : (pc << 3) | inside);
        }
    }

    private static void Keep(DfaWorkspace space, int item)
    {
        if (space.IsNew(item))
        {
            space.After.Add(item);
        }
    }

    /// <summary>What stands before matters only where a condition is waiting; else states that differ in it are one.</summary>
    private DfaState Canonical(int[] items, Before before)
    {
        DfaWorkspace space = DfaWorkspace.OfThread;
        space.Forget(program);
        Stack<int> pending = space.Pending;
        foreach (int item in items)
        {
            pending.Push(item);
        }

        bool waits = false;
        while (pending.TryPop(out int item))
        {
            if (!space.IsNew(item))
            {
                continue;
            }

            Instruction i = program.Code[item >> 3];
            waits |= i.Op == Op.Assert;
            if (i.Op is Op.Split or Op.Save || (i.Op == Op.NonAscii && (item & 7) != 0))
            {
                pending.Push(i.Next << 3);
                if (i.Op == Op.Split)
                {
                    pending.Push(i.Argument << 3);
                }
            }
        }

        return new DfaState(items, waits ? before : Before.Other);
    }
}
