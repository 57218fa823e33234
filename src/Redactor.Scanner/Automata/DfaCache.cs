using System.Runtime.InteropServices;

namespace Redactor.Scanning.Automata;

/// <summary>A state as the program sees it: instructions in order of preference, and what stands before.</summary>
internal readonly record struct DfaState(int[] Items, Before Before)
{
    public bool Equals(DfaState other) => Before == other.Before && Items.AsSpan().SequenceEqual(other.Items);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(Items.AsSpan()));
        hash.Add(Before);
        return hash.ToHashCode();
    }
}

/// <summary>The states built so far. Only <see cref="DfaBuilder"/> writes, under its lock; readers may hold on to an older <see cref="Table"/>, whose rows stay true.</summary>
/// <remarks>
/// A row has an entry of 16 bits for each class of bytes, and begins at a multiple of <see cref="RowUnit"/> entries; a state is known by that multiple. Text walks
/// through hundreds of rows, most of them once: what counts is how many of them share a line of the processor's cache.
/// </remarks>
internal sealed class DfaCache
{
    /// <summary>Entries that rows are counted in: 4, or 8 bytes, as far as an address of the processor can scale a number.</summary>
    internal const int RowUnit = 4;

    /// <summary>Rows lie below this, in units: one bit of an entry says something else (<see cref="LazyDfa.MatchBit"/>).</summary>
    private const int MostUnits = 1 << 15;

    /// <summary>Rows that may come without a step that asks for room first: the starts, one for each of <see cref="Before"/>, and the state at hand in a new cache.</summary>
    private const int Spare = 6;

    /// <summary>What an entry of the dictionary, one of the list, their empty room and an array's header take.</summary>
    private const int Beside = 112;

    private readonly int units;
    private readonly Dictionary<DfaState, uint> numbers = [];
    private readonly List<DfaState> states = [default];
    private readonly DfaBuilder builder;
    private ushort[] table;

    // The rows of the four starts, 16 bits each.
    private ulong starts;

    internal DfaCache(DfaBuilder builder, int units)
    {
        this.builder = builder;
        this.units = units;
        table = new ushort[2 * units * RowUnit];
        Add(new DfaState([], Before.Other)); // the dead state: row 1, for an entry of 0 means "not built yet"
    }

    internal ushort[] Table => Volatile.Read(ref table);

    /// <summary>About how many bytes the states take: their rows in a table that is a third empty, their instructions, and <see cref="Beside"/> for each.</summary>
    internal int Bytes { get; private set; }

    /// <summary>Whether a further row might lie beyond what an entry can tell.</summary>
    internal bool IsFull => (states.Count + Spare) * units > MostUnits;

    internal DfaState this[uint row] => states[(int)row / units];

    /// <summary>Where the program starts.</summary>
    internal uint StartState(Before before)
    {
        uint row = (ushort)(Volatile.Read(ref starts) >> (16 * (int)before));
        return row != 0 ? row : builder.BuildStart(this, before);
    }

    internal void SetStart(Before before, uint row) => Volatile.Write(ref starts, starts | ((ulong)row << (16 * (int)before)));

    internal uint Next(uint row, int symbol) => Volatile.Read(ref Table[(row * RowUnit) + symbol]);

    internal void Set(uint row, int symbol, uint entry) => Volatile.Write(ref table[(row * RowUnit) + symbol], (ushort)entry);

    internal uint Add(DfaState state)
    {
        if (numbers.TryGetValue(state, out uint row))
        {
            return row;
        }

        row = (uint)(states.Count * units);
        if ((row + units) * RowUnit > table.Length)
        {
            ushort[] larger = new ushort[table.Length * 2];
            table.CopyTo(larger, 0);
            Volatile.Write(ref table, larger);
        }

        int bytes = (sizeof(ushort) * 3 / 2 * units * RowUnit) + (sizeof(int) * state.Items.Length) + Beside;
        Bytes += bytes;
        builder.Budget.Add(bytes);
        states.Add(state);
        numbers.Add(state, row);
        return row;
    }
}
