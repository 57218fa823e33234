using System.Runtime.Intrinsics;

namespace Redactor.Scanning.Filtering;

/// <summary>Finds runs of set bits.</summary>
/// <remarks>
/// Anding a bitmap with itself shifted down by one leaves the starts of runs of 2; that one with itself shifted by two, runs of 4; and so on
/// until the shortest atom's length. The text <c>a1234b</c> with digits as members and a length of 3, first byte left:
/// <code>
/// members       0 1 1 1 1 0
/// &amp; shifted by 1 0 1 1 1 0 0     starts of 2
/// &amp; shifted by 1 0 1 1 0 0 0     starts of 3
/// </code>
/// </remarks>
internal static class BitRuns
{
    /// <summary>
    /// Turns members into starts of runs of <paramref name="shortest"/>, in place. The last word only looks ahead for the one before it; its own bits become
    /// meaningless in the places that would need a further one.
    /// </summary>
    public static void KeepStarts(Span<ulong> bits, int shortest)
    {
        int word = 0;
        for (; word + Vector256<ulong>.Count < bits.Length; word += Vector256<ulong>.Count)
        {
            Vector256<ulong> now = Vector256.Create<ulong>(bits[word..]), next = Vector256.Create<ulong>(bits[(word + 1)..]);
            for (int length = 1, shift; length < shortest; length += shift)
            {
                shift = Math.Min(length, shortest - length);
                now &= now >>> shift | next << (64 - shift);
                next &= next >>> shift;
            }

            now.CopyTo(bits[word..]);
        }

        for (; word < bits.Length; word++)
        {
            ulong now = bits[word], next = word + 1 < bits.Length ? bits[word + 1] : 0;
            for (int length = 1, shift; length < shortest; length += shift)
            {
                shift = Math.Min(length, shortest - length);
                now &= now >>> shift | next << (64 - shift);
                next &= next >>> shift;
            }

            bits[word] = now;
        }
    }
}
