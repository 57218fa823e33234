using System.Runtime.CompilerServices;

namespace Redactor.Scanning.Filtering.Kernels;

/// <summary>
/// The kernel for vectors that look up 16 entries at once (SSSE3, AVX2, NEON): a byte is looked up by its two halves, and passes where both
/// admit it. That lets through the product of the halves: a bucket of <c>p</c> (0x70) and <c>k</c> (0x6B) admits <c>{</c> (0x7B) and <c>`</c> (0x60) too.
/// </summary>
/// <typeparam name="TLanes">The operations for one vector width.</typeparam>
/// <typeparam name="TVector">That vector.</typeparam>
internal readonly struct NibbleKernel<TLanes, TVector> : IBlockKernel
    where TLanes : struct, INibbleLanes<TVector>
    where TVector : struct
{
    /// <inheritdoc/>
    public static FilterEngine Engine => TLanes.Engine;

    /// <inheritdoc/>
    public static UInt128 SymbolsPassed(ByteSet wanted) => TextStatistics.SymbolsOf(wanted);

    /// <inheritdoc/>
    public static UInt128 Mix(UInt128 wanted)
    {
        // Eight rows (high halves) of 16 bits (low halves): every row that has a bit gets the bits of all rows.
        UInt128 columns = wanted | wanted >> 64;
        columns |= columns >> 32;
        columns = (ushort)(columns | columns >> 16);
        UInt128 reach = 0;
        for (int row = 0; row < 128; row += 16)
        {
            reach |= (ushort)(wanted >> row) != 0 ? columns << row : 0;
        }

        return reach;
    }

    /// <inheritdoc/>
    public static void MarkWindows(WindowTables tables, ref readonly byte text, Span<ulong> marks)
    {
        marks.Clear();
        for (int group = 0; group < tables.Groups; group += 2)
        {
            if (tables.Length == Window.Long)
            {
                MarkLong(tables, group, in text, marks);
            }
            else
            {
                MarkShort(tables, group, in text, marks);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MarkLong(WindowTables tables, int group, ref readonly byte text, Span<ulong> marks)
    {
        Table a0 = new(tables, group, 0), a1 = new(tables, group, 1), a2 = new(tables, group, 2);
        Table a3 = new(tables, group, 3), a4 = new(tables, group, 4), a5 = new(tables, group, 5);
        Table b0 = new(tables, group + 1, 0), b1 = new(tables, group + 1, 1), b2 = new(tables, group + 1, 2);
        Table b3 = new(tables, group + 1, 3), b4 = new(tables, group + 1, 4), b5 = new(tables, group + 1, 5);
        for (int word = 0; word < marks.Length; word++)
        {
            ulong bits = 0;
            for (int lane = 0; lane < 64; lane += TLanes.Width)
            {
                nuint at = (nuint)(word * 64 + lane);
                Halves h = new(in text, at);
                TVector a = a0[h], b = b0[h];
                h = new(in text, at + 1);
                (a, b) = (TLanes.And(a, a1[h]), TLanes.And(b, b1[h]));
                h = new(in text, at + 2);
                (a, b) = (TLanes.And(a, a2[h]), TLanes.And(b, b2[h]));
                h = new(in text, at + 3);
                (a, b) = (TLanes.And(a, a3[h]), TLanes.And(b, b3[h]));
                h = new(in text, at + 4);
                (a, b) = (TLanes.And(a, a4[h]), TLanes.And(b, b4[h]));
                h = new(in text, at + 5);
                (a, b) = (TLanes.And(a, a5[h]), TLanes.And(b, b5[h]));
                bits |= TLanes.NonZero(TLanes.Or(a, b)) << lane;
            }

            marks[word] |= bits;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MarkShort(WindowTables tables, int group, ref readonly byte text, Span<ulong> marks)
    {
        Table a0 = new(tables, group, 0), a1 = new(tables, group, 1), a2 = new(tables, group, 2), a3 = new(tables, group, 3);
        Table b0 = new(tables, group + 1, 0), b1 = new(tables, group + 1, 1), b2 = new(tables, group + 1, 2), b3 = new(tables, group + 1, 3);
        for (int word = 0; word < marks.Length; word++)
        {
            ulong bits = 0;
            for (int lane = 0; lane < 64; lane += TLanes.Width)
            {
                nuint at = (nuint)(word * 64 + lane);
                Halves h = new(in text, at);
                TVector a = a0[h], b = b0[h];
                h = new(in text, at + 1);
                (a, b) = (TLanes.And(a, a1[h]), TLanes.And(b, b1[h]));
                h = new(in text, at + 2);
                (a, b) = (TLanes.And(a, a2[h]), TLanes.And(b, b2[h]));
                h = new(in text, at + 3);
                (a, b) = (TLanes.And(a, a3[h]), TLanes.And(b, b3[h]));
                bits |= TLanes.NonZero(TLanes.Or(a, b)) << lane;
            }

            marks[word] |= bits;
        }
    }

    /// <inheritdoc/>
    public static void MarkMembers(AsciiSet set, ref readonly byte text, Span<ulong> members)
    {
        // The low half selects a row of eight bits, one for each high half below 8; the high half selects the bit. Exact for ASCII.
        Table table = new(set.Rows, AsciiSet.RowBits);
        for (int word = 0; word < members.Length; word++)
        {
            ulong bits = 0;
            for (int lane = 0; lane < 64; lane += TLanes.Width)
            {
                bits |= TLanes.NonZero(table[new Halves(in text, (nuint)(word * 64 + lane))]) << lane;
            }

            members[word] = bits;
        }
    }

    private readonly struct Halves
    {
        public readonly TVector Low, High;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Halves(ref readonly byte text, nuint at) => (Low, High) = TLanes.LoadHalves(in text, at);
    }

    private readonly struct Table
    {
        private readonly TVector low, high;

        public Table(WindowTables tables, int group, int position)
            : this(tables.LowHalves(group, position), tables.HighHalves(group, position))
        {
        }

        public Table(ReadOnlySpan<byte> lowEntries, ReadOnlySpan<byte> highEntries)
        {
            low = TLanes.Table(lowEntries);
            high = TLanes.Table(highEntries);
        }

        public TVector this[Halves halves]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => TLanes.And(TLanes.Lookup(low, halves.Low), TLanes.Lookup(high, halves.High));
        }
    }
}
