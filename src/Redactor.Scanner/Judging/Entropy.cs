namespace Redactor.Scanning.Judging;

/// <summary>Shannon entropy of a piece of text, in bits a byte: 0 for <c>aaaa</c>, 4 for sixteen different bytes.</summary>
internal static class Entropy
{
    /// <summary>Counts beyond these are rare: values are seldom longer.</summary>
    private const int Known = 256;

    /// <summary>What one more of a byte adds to the sum of n log2 n, by how many there were.</summary>
    private static readonly double[] Added = [.. Enumerable.Range(0, Known).Select(AddedTo)];

    internal static double Of(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return 0;
        }

        Span<int> counts = stackalloc int[256];
        counts.Clear();
        double sum = 0;
        foreach (byte b in value)
        {
            int count = counts[b]++;
            sum += count < Known ? Added[count] : AddedTo(count);
        }

        return Math.Log2(value.Length) - (sum / value.Length);
    }

    private static double AddedTo(int count) => Term(count + 1) - Term(count);

    private static double Term(int count) => count == 0 ? 0 : count * Math.Log2(count);
}
