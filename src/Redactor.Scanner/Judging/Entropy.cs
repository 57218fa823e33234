namespace Redactor.Scanning.Judging;

/// <summary>Shannon entropy of a piece of text, in bits a byte: 0 for <c>aaaa</c>, 4 for sixteen different bytes.</summary>
internal static class Entropy
{
    internal static double Of(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return 0;
        }

        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (byte b in value)
        {
            counts[b]++;
        }

        double sum = 0;
        foreach (int count in counts)
        {
            if (count > 0)
            {
                sum += count * Math.Log2(count);
            }
        }

        return Math.Log2(value.Length) - (sum / value.Length);
    }
}
