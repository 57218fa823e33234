using System.Numerics;

namespace Redactor.Scanning.Exact;

/// <summary>
/// Where in which values a window is, by its fingerprint. Of that only 30 bits or so are kept: its highest bits choose a bucket of two to four windows, its lowest 14
/// are compared. Four bytes a window. Immutable.
/// </summary>
internal sealed class FingerprintTable
{
    /// <summary>Bits of what a window stands for: a length of at most 16 KiB and an offset of four bits.</summary>
    internal const int PlaceBits = 18;

    private const uint PlaceMask = (1u << PlaceBits) - 1;

    private readonly int shift;
    private readonly int[] bucketStarts;
    private readonly uint[] entries;

    /// <summary>Builds the table.</summary>
    /// <param name="windows">Fingerprints (the upper half) with what they stand for (the lower half, below 2^<see cref="PlaceBits"/>), ascending, each pair once.</param>
    internal FingerprintTable(ReadOnlySpan<UInt128> windows)
    {
        int log2Buckets = Math.Max(1, BitOperations.Log2((uint)windows.Length) - 1);
        shift = 64 - log2Buckets;
        bucketStarts = new int[(1 << log2Buckets) + 1];
        entries = new uint[windows.Length];
        int count = 0, bucket = 0;
        foreach (UInt128 window in windows)
        {
            ulong fingerprint = (ulong)(window >> 64);
            for (; bucket < (int)(fingerprint >> shift); bucket++)
            {
                bucketStarts[bucket + 1] = count;
            }

            // Two windows may be the same in all that is kept of them: twice the same entry would be twice the same finding.
            uint entry = Tag(fingerprint) | ((uint)window & PlaceMask);
            if (!entries.AsSpan(bucketStarts[bucket], count - bucketStarts[bucket]).Contains(entry))
            {
                entries[count++] = entry;
            }
        }

        bucketStarts.AsSpan(bucket + 1).Fill(count);
    }

    /// <summary>Goes on to the next window that <paramref name="fingerprint"/> may stand for; one in 5,000 is there by chance.</summary>
    /// <param name="fingerprint">The fingerprint of a place in the text.</param>
    /// <param name="seen">How many windows of the bucket are done with; 0 to begin.</param>
    /// <param name="place">What the window stands for.</param>
    /// <returns>Whether there is one.</returns>
    internal bool TryNext(ulong fingerprint, ref int seen, out int place)
    {
        int bucket = (int)(fingerprint >> shift), start = bucketStarts[bucket], size = bucketStarts[bucket + 1] - start;
        while (seen < size)
        {
            uint entry = entries[start + seen++];
            if (((entry ^ Tag(fingerprint)) & ~PlaceMask) == 0)
            {
                place = (int)(entry & PlaceMask);
                return true;
            }
        }

        place = 0;
        return false;
    }

    private static uint Tag(ulong fingerprint) => (uint)fingerprint << PlaceBits;
}
