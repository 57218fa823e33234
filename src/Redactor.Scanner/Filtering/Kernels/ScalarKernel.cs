using System.Runtime.CompilerServices;

namespace Redactor.Scanning.Filtering.Kernels;

/// <summary>One byte at a time, for processors without vectors and as the twin that the vector kernels are tested against.</summary>
internal readonly struct ScalarKernel : IBlockKernel
{
    /// <inheritdoc/>
    public static FilterEngine Engine => FilterEngine.Scalar;

    /// <inheritdoc/>
    public static UInt128 SymbolsPassed(ByteSet wanted) => TextStatistics.SymbolsOf(wanted);

    /// <inheritdoc/>
    public static UInt128 Mix(UInt128 wanted) => wanted;

    /// <inheritdoc/>
    public static void MarkWindows(WindowTables tables, ref readonly byte text, Span<ulong> marks)
    {
        for (int word = 0; word < marks.Length; word++)
        {
            ulong bits = 0;
            for (int bit = 0; bit < 64; bit++)
            {
                ref byte at = ref Unsafe.Add(ref Unsafe.AsRef(in text), word * 64 + bit);
                uint buckets = tables.Buckets(0)[at];
                for (int position = 1; position < tables.Length && buckets != 0; position++)
                {
                    buckets &= tables.Buckets(position)[Unsafe.Add(ref at, position)];
                }

                bits |= (buckets != 0 ? 1UL : 0) << bit;
            }

            marks[word] = bits;
        }
    }

    /// <inheritdoc/>
    public static void MarkMembers(AsciiSet set, ref readonly byte text, Span<ulong> members)
    {
        for (int word = 0; word < members.Length; word++)
        {
            ulong bits = 0;
            for (int bit = 0; bit < 64; bit++)
            {
                byte value = Unsafe.Add(ref Unsafe.AsRef(in text), word * 64 + bit);
                bits |= (value < 0x80 && set.Members[value] != 0 ? 1UL : 0) << bit;
            }

            members[word] = bits;
        }
    }
}
