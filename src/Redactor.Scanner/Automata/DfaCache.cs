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
internal sealed class DfaCache
{
    /// <summary>What an entry of the dictionary, one of the list, their empty room and an array's header take.</summary>
    private const int Beside = 112;

    private readonly int shift;
    private readonly Dictionary<DfaState, uint> numbers = [];
    private readonly List<DfaState> states = [default];
    private readonly uint[] starts = new uint[4];
    private readonly DfaBuilder builder;
    private uint[] table;

    internal DfaCache(DfaBuilder builder, int shift)
    {
        this.builder = builder;
        this.shift = shift;
        table = new uint[2 << shift];
        Add(new DfaState([], Before.Other)); // the dead state: row 1, for an entry of 0 means "not built yet"
    }

    internal uint[] Table => Volatile.Read(ref table);

    /// <summary>About how many bytes the states take: their rows in a table that is a third empty, their instructions, and <see cref="Beside"/> for each.</summary>
    internal int Bytes { get; private set; }

    internal DfaState this[uint row] => states[(int)(row >> shift)];

    internal uint StartState(Before before)
    {
        uint row = Volatile.Read(ref starts[(int)before]);
        return row != 0 ? row : builder.BuildStart(this, before);
    }

    internal void SetStart(Before before, uint row) => Volatile.Write(ref starts[(int)before], row);

    internal void Set(uint row, int symbol, uint entry) => Volatile.Write(ref table[row + (uint)symbol], entry);

    internal uint Add(DfaState state)
    {
        if (numbers.TryGetValue(state, out uint row))
        {
            return row;
        }

        row = (uint)states.Count << shift;
        if (row + (1u << shift) > table.Length)
        {
            uint[] larger = new uint[table.Length * 2];
            table.CopyTo(larger, 0);
            Volatile.Write(ref table, larger);
        }

        int bytes = (sizeof(uint) * 3 / 2 << shift) + (sizeof(int) * state.Items.Length) + Beside;
        Bytes += bytes;
        builder.Budget.Add(bytes);
        states.Add(state);
        numbers.Add(state, row);
        return row;
    }
}
