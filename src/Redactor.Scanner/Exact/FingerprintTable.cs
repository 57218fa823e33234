using System.Numerics;

namespace Redactor.Scanning.Exact;

/// <summary>
/// Where in which values a window is, by its fingerprint. Of that only 31 bits or so are kept: its highest bits choose a bucket of two to four windows, its lowest 16
/// are compared. Immutable.
/// </summary>
internal sealed class FingerprintTable
{
    private readonly int shift;
    private readonly int[] bucketStarts;
    private readonly ushort[] tags;
    private readonly int[] places;

    /// <summary>Builds the table.</summary>
    /// <param name="windows">Fingerprints (the upper half) with what they stand for (the lower half), ascending, each pair once.</param>
    internal FingerprintTable(ReadOnlySpan<UInt128> windows)
    {
        int log2Buckets = Math.Max(1, BitOperations.Log2((uint)windows.Length) - 1);
        shift = 64 - log2Buckets;
        bucketStarts = new int[(1 << log2Buckets) + 1];
        tags = new ushort[windows.Length];
        places = new int[windows.Length];
        for (int i = 0; i < windows.Length; i++)
        {
            ulong fingerprint = (ulong)(windows[i] >> 64);
            tags[i] = (ushort)fingerprint;
            places[i] = (int)windows[i];
            bucketStarts[(fingerprint >> shift) + 1]++;
        }

        for (int bucket = 1; bucket < bucketStarts.Length; bucket++)
        {
            bucketStarts[bucket] += bucketStarts[bucket - 1];
        }
    }

    /// <summary>Goes on to the next window that <paramref name="fingerprint"/> may stand for; one in 10,000 is there by chance.</summary>
    /// <param name="fingerprint">The fingerprint of a place in the text.</param>
    /// <param name="seen">How many windows of the bucket are done with; 0 to begin.</param>
    /// <param name="place">What the window stands for.</param>
    /// <returns>Whether there is one.</returns>
    internal bool TryNext(ulong fingerprint, ref int seen, out int place)
    {
        int bucket = (int)(fingerprint >> shift), start = bucketStarts[bucket], size = bucketStarts[bucket + 1] - start;
        while (seen < size)
        {
            int i = start + seen++;
            if (tags[i] == (ushort)fingerprint)
            {
                place = places[i];
                return true;
            }
        }

        place = 0;
        return false;
    }
}
