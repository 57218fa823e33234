using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Redactor.Scanning.Filtering.Kernels;

/// <summary>
/// 64 bytes at a time. One permute over two registers looks seven bits of a byte up in a table of 128: all of ASCII at once.
/// A byte from 0x80 up is taken for the one 0x80 below it, which lets too much through and never too little.
/// </summary>
internal readonly struct VbmiKernel : IBlockKernel
{
    /// <summary>Whether this processor has what the kernel uses.</summary>
    public static bool IsSupported => Avx512Vbmi.IsSupported && Avx512BW.IsSupported;

    /// <inheritdoc/>
    public static FilterEngine Engine => FilterEngine.Vector512;

    /// <inheritdoc/>
    public static UInt128 SymbolsPassed(ByteSet wanted) => TextStatistics.SymbolsOfLowBits(wanted);

    /// <inheritdoc/>
    public static UInt128 Mix(UInt128 wanted) => wanted;

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

    /// <summary>
    /// Marks by two groups of buckets: their tables, 6 positions x 2 groups x 2 halves, are what the 32 registers hold. Inlined into its caller it would be too much for the compiler
    /// to inline the look-ups, one at each byte.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MarkLong(WindowTables tables, int group, ref readonly byte text, Span<ulong> marks)
    {
        Table a0 = new(tables, group, 0), a1 = new(tables, group, 1), a2 = new(tables, group, 2);
        Table a3 = new(tables, group, 3), a4 = new(tables, group, 4), a5 = new(tables, group, 5);
        Table b0 = new(tables, group + 1, 0), b1 = new(tables, group + 1, 1), b2 = new(tables, group + 1, 2);
        Table b3 = new(tables, group + 1, 3), b4 = new(tables, group + 1, 4), b5 = new(tables, group + 1, 5);
        for (int word = 0; word < marks.Length; word++)
        {
            nuint at = (nuint)word * 64;
            Vector512<byte> v0 = Vector512.LoadUnsafe(in text, at), v1 = Vector512.LoadUnsafe(in text, at + 1), v2 = Vector512.LoadUnsafe(in text, at + 2);
            Vector512<byte> a = a0[v0] & a1[v1] & a2[v2], b = b0[v0] & b1[v1] & b2[v2];
            Vector512<byte> v3 = Vector512.LoadUnsafe(in text, at + 3), v4 = Vector512.LoadUnsafe(in text, at + 4), v5 = Vector512.LoadUnsafe(in text, at + 5);
            Vector512<byte> buckets = (a & a3[v3] & a4[v4] & a5[v5]) | (b & b3[v3] & b4[v4] & b5[v5]);
            marks[word] |= ~Vector512.Equals(buckets, Vector512<byte>.Zero).ExtractMostSignificantBits();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MarkShort(WindowTables tables, int group, ref readonly byte text, Span<ulong> marks)
    {
        Table a0 = new(tables, group, 0), a1 = new(tables, group, 1), a2 = new(tables, group, 2), a3 = new(tables, group, 3);
        Table b0 = new(tables, group + 1, 0), b1 = new(tables, group + 1, 1), b2 = new(tables, group + 1, 2), b3 = new(tables, group + 1, 3);
        for (int word = 0; word < marks.Length; word++)
        {
            nuint at = (nuint)word * 64;
            Vector512<byte> v0 = Vector512.LoadUnsafe(in text, at), v1 = Vector512.LoadUnsafe(in text, at + 1);
            Vector512<byte> v2 = Vector512.LoadUnsafe(in text, at + 2), v3 = Vector512.LoadUnsafe(in text, at + 3);
            Vector512<byte> buckets = (a0[v0] & a1[v1] & a2[v2] & a3[v3]) | (b0[v0] & b1[v1] & b2[v2] & b3[v3]);
            marks[word] |= ~Vector512.Equals(buckets, Vector512<byte>.Zero).ExtractMostSignificantBits();
        }
    }

    /// <inheritdoc/>
    public static void MarkMembers(AsciiSet set, ref readonly byte text, Span<ulong> members)
    {
        Table table = new(set.Members);
        for (int word = 0; word < members.Length; word++)
        {
            Vector512<byte> bytes = Vector512.LoadUnsafe(in text, (nuint)word * 64);
            members[word] = Vector512.AndNot(table[bytes], bytes).ExtractMostSignificantBits();
        }
    }

    private readonly struct Table
    {
        private readonly Vector512<byte> low, high;

        public Table(WindowTables tables, int group, int position)
            : this(tables.Bytes(group, position))
        {
        }

        public Table(ReadOnlySpan<byte> entries)
        {
            low = Vector512.Create(entries[..64]);
            high = Vector512.Create(entries[64..]);
        }

        public Vector512<byte> this[Vector512<byte> bytes]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Avx512Vbmi.PermuteVar64x8x2(low, bytes, high);
        }
    }
}
