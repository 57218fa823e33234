using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Automata;

/// <summary>
/// Runs a program as a deterministic automaton whose states are built when text first reaches them. Shared between threads: reading takes no
/// lock; a state that is missing is built under one.
/// </summary>
/// <remarks>
/// A transition is 16 bits: the next state's row, and in the top bit whether a match ended <em>before</em> the byte that leads there.
/// The match is told one byte late because conditions such as <c>\b</c> need the next byte; at the unit's end a class of its own stands in for it.
/// <code>
/// sk-[a-z]+ on "sk-ab."   s -> k -> - -> a (not yet) -> b (match before it, ends at 4) -> . (match before it, ends at 5; dead)
/// </code>
/// Leftmost-first: a state is an <em>ordered</em> list of instructions, and whatever stands behind a match in it is dropped.
/// </remarks>
internal sealed class LazyDfa
{
    internal const uint MatchBit = 0x8000;
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
    internal int Match(ReadOnlySpan<byte> unit, int start, int limit, ref long steps, out bool cut) => Run(unit, start, limit, anyEnd: false, ref steps, out cut);

    /// <summary>Whether there is a match that starts at <paramref name="start"/>: looks no further than to the first place where one can end.</summary>
    internal bool HasMatch(ReadOnlySpan<byte> unit, int start, int limit, ref long steps) => Run(unit, start, limit, anyEnd: true, ref steps, out _) >= 0;

    // Inlined into what calls the callers, it would be too much there for the compiler to inline what it calls itself at every byte.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Run(ReadOnlySpan<byte> unit, int start, int limit, bool anyEnd, ref long steps, out bool cut)
    {
        DfaCache cache = builder.Cache;
        uint state = cache.StartState(start == 0 ? Before.UnitStart : BeforeExtensions.Of(unit[start - 1]));
        ref ushort table = ref MemoryMarshal.GetArrayDataReference(cache.Table);
        ref byte classes = ref MemoryMarshal.GetArrayDataReference(classOf);
        ref byte text = ref MemoryMarshal.GetReference(unit);
        int end = -1;
        nint at = start;
        cut = false;
        while (at < limit)
        {
            uint entry = EntryAt(ref table, state, Unsafe.Add(ref classes, Unsafe.Add(ref text, at)));
            if (entry <= dead)
            {
                if (entry == 0)
                {
                    entry = builder.Step(ref cache, ref state, Unsafe.Add(ref classes, Unsafe.Add(ref text, at)), ref steps);
                    table = ref MemoryMarshal.GetArrayDataReference(cache.Table);
                }

                if (entry == dead)
                {
                    steps += at - start + 1;
                    return end;
                }
            }

            if ((entry & MatchBit) != 0)
            {
                end = (int)at;
                entry &= ~MatchBit;
                if (anyEnd || entry == dead)
                {
                    steps += at - start + 1;
                    return end;
                }
            }

            state = entry;
            at++;
        }

        steps += at - start;
        int last = limit == unit.Length ? builder.EndClass : classOf[unit[limit]];
        uint final = EntryAt(ref table, state, last);
        if (final == 0)
        {
            final = builder.Step(ref cache, ref state, last, ref steps);
        }

        if ((final & MatchBit) != 0)
        {
            end = limit;
            cut = (final & ~MatchBit) != dead;
        }

        return end;
    }

    /// <summary>The entry of a row for a class. What follows from the text alone comes first, so that the next state is one addition away from the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint EntryAt(ref ushort table, uint row, int symbol) =>
        Unsafe.AddByteOffset(ref Unsafe.Add(ref table, symbol), row * (nuint)(sizeof(ushort) * DfaCache.RowUnit));
}
