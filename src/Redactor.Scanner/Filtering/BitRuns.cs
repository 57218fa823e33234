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
    /// <summary>Moves every bit <paramref name="by"/> bytes up, in place and a word down: the first word holds what comes in, the last one is left as it was.</summary>
    public static void ShiftUp(Span<ulong> bits, int by)
    {
        int word = 0;
        for (; word + Vector512<ulong>.Count < bits.Length; word += Vector512<ulong>.Count)
        {
            (Vector512.Create<ulong>(bits[(word + 1)..]) << by | Vector512.Create<ulong>(bits[word..]) >>> (64 - by)).CopyTo(bits[word..]);
        }

        for (; word + 1 < bits.Length; word++)
        {
            bits[word] = bits[word + 1] << by | bits[word] >>> (64 - by);
        }
    }

    /// <summary>Takes out of <paramref name="starts"/> those inside a run of <paramref name="members"/>, unless they are in <paramref name="always"/>.</summary>
    /// <param name="starts">The starts.</param>
    /// <param name="members">The members of the runs.</param>
    /// <param name="before">1 if a member stands right before the first.</param>
    /// <param name="always">Starts that count even inside a run; empty for none.</param>
    public static void KeepFirsts(Span<ulong> starts, ReadOnlySpan<ulong> members, ulong before, ReadOnlySpan<ulong> always)
    {
        starts[0] &= ~(members[0] << 1 | before) | (always.IsEmpty ? 0 : always[0]);
        int word = 1;
        for (; word + Vector512<ulong>.Count <= starts.Length; word += Vector512<ulong>.Count)
        {
            Vector512<ulong> first = ~(Vector512.Create(members[word..]) << 1 | Vector512.Create(members[(word - 1)..]) >>> 63);
            Vector512<ulong> kept = always.IsEmpty ? first : first | Vector512.Create(always[word..]);
            (Vector512.Create<ulong>(starts[word..]) & kept).CopyTo(starts[word..]);
        }

        for (; word < starts.Length; word++)
        {
            starts[word] &= ~(members[word] << 1 | members[word - 1] >>> 63) | (always.IsEmpty ? 0 : always[word]);
        }
    }

    /// <summary>
    /// Turns members into starts of runs of <paramref name="shortest"/>, in place. The last word only looks ahead for the one before it; its own bits become
    /// meaningless in the places that would need a further one.
    /// </summary>
    public static void KeepStarts(Span<ulong> bits, int shortest)
    {
        int word = 0;
        for (; word + Vector512<ulong>.Count < bits.Length; word += Vector512<ulong>.Count)
        {
            Vector512<ulong> now = Vector512.Create<ulong>(bits[word..]), next = Vector512.Create<ulong>(bits[(word + 1)..]);
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
    /// <summary>
    /// Makes of every bit a run of <paramref name="length"/> (at most 64), in place and a word down: the first word holds what comes in, the last one is left as it was.
    /// </summary>
    public static void Lengthen(Span<ulong> bits, int length)
    {
        int word = 0;
        for (; word + Vector512<ulong>.Count < bits.Length; word += Vector512<ulong>.Count)
        {
            Vector512<ulong> now = Vector512.Create<ulong>(bits[(word + 1)..]), last = Vector512.Create<ulong>(bits[word..]);
            for (int done = 1, shift; done < length; done += shift)
            {
                shift = Math.Min(done, length - done);
                now |= now << shift | last >>> (64 - shift);
                last |= last << shift;
            }

            now.CopyTo(bits[word..]);
        }

        for (; word + 1 < bits.Length; word++)
        {
            ulong now = bits[word + 1], last = bits[word];
            for (int done = 1, shift; done < length; done += shift)
            {
                shift = Math.Min(done, length - done);
                now |= now << shift | last >>> (64 - shift);
                last |= last << shift;
            }

            bits[word] = now;
        }
    }
}
