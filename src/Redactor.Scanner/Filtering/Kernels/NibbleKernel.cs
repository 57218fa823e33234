using System.Runtime.CompilerServices;

namespace Redactor.Scanning.Filtering.Kernels;

/// <summary>
/// The kernel for vectors that look up 16 entries at once (SSSE3, AVX2, NEON): a byte is looked up by bits 0 to 3 and by bits 3 to 6, and passes where both
/// admit it. That lets through a product: a bucket of <c>p</c> (111 0 000) and <c>c</c> (110 0 011) admits <c>`</c> (110 0 000) and <c>s</c> (111 0 011) too. Bit 3 is
/// looked at twice, so that no byte of <c>h</c> to <c>o</c> comes of that: by the two halves of a byte more than a third more of text would pass. Bit 7 is not looked at.
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
    public static UInt128 SymbolsPassed(ByteSet wanted) => TextStatistics.SymbolsOfLowBits(wanted);

    /// <inheritdoc/>
    public static UInt128 Mix(UInt128 wanted)
    {
        // Sixteen rows (bits 3 to 6) of 8 bits (0 to 2): every second row that has a bit gets the bits of all of them.
        UInt128 ascii = wanted & ~TextStatistics.High, reach = wanted;
        for (int parity = 0; parity < 16; parity += 8)
        {
            byte columns = 0;
            for (int row = parity; row < 128; row += 16)
            {
                columns |= (byte)(ascii >> row);
            }

            for (int row = parity; row < 128; row += 16)
            {
                reach |= (byte)(ascii >> row) != 0 ? (UInt128)columns << row : 0;
            }
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
                Bits v = SevenOf(in text, at);
                TVector a = a0[v], b = b0[v];
                v = SevenOf(in text, at + 1);
                (a, b) = (TLanes.And(a, a1[v]), TLanes.And(b, b1[v]));
                v = SevenOf(in text, at + 2);
                (a, b) = (TLanes.And(a, a2[v]), TLanes.And(b, b2[v]));
                v = SevenOf(in text, at + 3);
                (a, b) = (TLanes.And(a, a3[v]), TLanes.And(b, b3[v]));
                v = SevenOf(in text, at + 4);
                (a, b) = (TLanes.And(a, a4[v]), TLanes.And(b, b4[v]));
                v = SevenOf(in text, at + 5);
                (a, b) = (TLanes.And(a, a5[v]), TLanes.And(b, b5[v]));
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
                Bits v = SevenOf(in text, at);
                TVector a = a0[v], b = b0[v];
                v = SevenOf(in text, at + 1);
                (a, b) = (TLanes.And(a, a1[v]), TLanes.And(b, b1[v]));
                v = SevenOf(in text, at + 2);
                (a, b) = (TLanes.And(a, a2[v]), TLanes.And(b, b2[v]));
                v = SevenOf(in text, at + 3);
                (a, b) = (TLanes.And(a, a3[v]), TLanes.And(b, b3[v]));
                bits |= TLanes.NonZero(TLanes.Or(a, b)) << lane;
            }

            marks[word] |= bits;
        }
    }

    /// <inheritdoc/>
    public static void MarkMembers(AsciiSet set, ref readonly byte text, Span<ulong> members)
    {
        // Bits 0 to 3 select a row of eight bits, one for each value of bits 4 to 6, and these the bit; with bit 7 they select nothing.
        Table table = new(set.Rows, AsciiSet.RowBits);
        for (int word = 0; word < members.Length; word++)
        {
            ulong bits = 0;
            for (int lane = 0; lane < 64; lane += TLanes.Width)
            {
                bits |= TLanes.NonZero(table[new Bits(in text, (nuint)(word * 64 + lane), 0x8F)]) << lane;
            }

            members[word] = bits;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Bits SevenOf(ref readonly byte text, nuint at) => new(in text, at, 0x0F);

    private readonly struct Bits
    {
        public readonly TVector Low, High;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Bits(ref readonly byte text, nuint at, byte mask) => (Low, High) = TLanes.LoadBits(in text, at, mask);
    }

    private readonly struct Table
    {
        private readonly TVector low, high;

        public Table(WindowTables tables, int group, int position)
            : this(tables.LowBits(group, position), tables.HighBits(group, position))
        {
        }

        public Table(ReadOnlySpan<byte> lowEntries, ReadOnlySpan<byte> highEntries)
        {
            low = TLanes.Table(lowEntries);
            high = TLanes.Table(highEntries);
        }

        public TVector this[Bits bits]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => TLanes.And(TLanes.Lookup(low, bits.Low), TLanes.Lookup(high, bits.High));
        }
    }
}
