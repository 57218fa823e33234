using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Automata;

/// <summary>
/// Runs a program as a deterministic automaton whose states are built when text first reaches them. Shared between threads: reading takes no
/// lock; a state that is missing is built under one.
/// </summary>
/// <remarks>
/// A transition is one word: the next state's row, and in the top bit whether a match ended <em>before</em> the byte that leads there.
/// The match is told one byte late because conditions such as <c>\b</c> need the next byte; at the unit's end a class of its own stands in for it.
/// <code>
/// sk-[a-z]+ on "sk-ab."   s -> k -> - -> a (not yet) -> b (match before it, ends at 4) -> . (match before it, ends at 5; dead)
/// </code>
/// Leftmost-first: a state is an <em>ordered</em> list of instructions, and whatever stands behind a match in it is dropped.
/// </remarks>
internal sealed class LazyDfa
{
    internal const uint MatchBit = 0x8000_0000;
    private readonly DfaBuilder builder;
    private readonly byte[] classOf;
    private readonly uint dead;

    /// <summary>Creates the automaton; states come later.</summary>
    /// <param name="program">What to run.</param>
    /// <param name="budget">How large the tables of transitions may grow before one is dropped and begun anew.</param>
    internal LazyDfa(Program program, AutomatonBudget budget)
    {
        Program = program;
        builder = new DfaBuilder(program, budget);
        classOf = builder.ClassOf;
        dead = builder.Dead;
    }

    /// <summary>What it runs.</summary>
    internal Program Program { get; }

    /// <summary>Looks for a match that starts at <paramref name="start"/>.</summary>
    /// <param name="unit">The unit of text.</param>
    /// <param name="start">Where the match must start.</param>
    /// <param name="limit">How far it may reach; the byte there is still looked at.</param>
    /// <param name="steps">Is raised by the number of bytes looked at, and by what building states costs where they outgrew their cache.</param>
    /// <param name="cut">Whether the match ends at <paramref name="limit"/> and could have gone on.</param>
    /// <returns>Where the match ends, or -1.</returns>
    internal int Match(ReadOnlySpan<byte> unit, int start, int limit, ref long steps, out bool cut)
    {
        DfaCache cache = builder.Cache;
        uint state = cache.StartState(start == 0 ? Before.UnitStart : BeforeExtensions.Of(unit[start - 1]));
        ref uint table = ref MemoryMarshal.GetArrayDataReference(cache.Table);
        ref byte classes = ref MemoryMarshal.GetArrayDataReference(classOf);
        ref byte text = ref MemoryMarshal.GetReference(unit);
        int end = -1;
        nint at = start;
        cut = false;
        while (at < limit)
        {
            uint entry = Unsafe.Add(ref table, (nint)(state + Unsafe.Add(ref classes, Unsafe.Add(ref text, at))));
            if (entry <= dead)
            {
                if (entry == dead)
                {
                    steps += at - start + 1;
                    return end;
                }

                entry = builder.Step(ref cache, ref state, Unsafe.Add(ref classes, Unsafe.Add(ref text, at)), ref steps);
                table = ref MemoryMarshal.GetArrayDataReference(cache.Table);
            }

            if ((int)entry < 0)
            {
                end = (int)at;
                entry &= ~MatchBit;
            }

            if (entry == dead)
            {
                steps += at - start + 1;
                return end;
            }

            state = entry;
            at++;
        }

        steps += at - start;
        int last = limit == unit.Length ? builder.EndClass : classOf[unit[limit]];
        uint final = Unsafe.Add(ref table, (nint)(state + (uint)last));
        if (final == 0)
        {
            final = builder.Step(ref cache, ref state, last, ref steps);
        }

        if ((int)final < 0)
        {
            end = limit;
            cut = (final & ~MatchBit) != dead;
        }

        return end;
    }
}
