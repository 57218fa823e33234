using System.Runtime.CompilerServices;

namespace Redactor.Scanning.Judging;

/// <summary>Shannon entropy of a piece of text, in bits a byte: 0 for <c>aaaa</c>, 4 for sixteen different bytes.</summary>
internal static class Entropy
{
    /// <summary>Counts beyond these are rare: values are seldom longer.</summary>
    private const int Known = 256;

    /// <summary>Terms are added as whole numbers of 2^-40: a processor adds those four times as fast as fractions, and a match's 14 bits by 16 Ki fit in 58.</summary>
    private const double One = 1L << 40;

    /// <summary>What one more of a byte adds to the sum of n log2 n, by how many there were.</summary>
    private static readonly long[] Added = [.. Enumerable.Range(0, Known).Select(AddedTo)];

    /// <summary>The entropy of <paramref name="value"/>, which is no longer than <see cref="ScanLimits.MaxMatchLength"/>; 0 if it is empty.</summary>
    [SkipLocalsInit]
    internal static double Of(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return 0;
        }

        Span<ushort> counts = stackalloc ushort[256];
        counts.Clear();
        long sum = 0;
        foreach (byte b in value)
        {
            int count = counts[b]++;
            sum += count < Known ? Added[count] : AddedTo(count);
        }

        return Math.Log2(value.Length) - (sum / One / value.Length);
    }

    private static long AddedTo(int count) => (long)Math.Round((Term(count + 1) - Term(count)) * One);

    private static double Term(int count) => count == 0 ? 0 : count * Math.Log2(count);
}
