using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Redactor.Scanning.Judging;

/// <summary>
/// Tells whether a short text holds one of a few dozen words, sixteen places at a time. Immutable.
/// </summary>
/// <remarks>
/// The words are dealt to eight buckets. For each of three bytes two tables say which buckets have a word with such a low and such a high half there, small letters and capitals alike; what all six say
/// of one place is what may start there. Of random letters and digits one place in a hundred is compared with a bucket's words.
/// <code>
/// bucket 0: dummy, example     low halves of the second byte: 5 of "u", 8 of "x"; high halves: 7, 7
/// text   a d u m m y           at "d": first byte of bucket 0, second "u" of bucket 0, third "m" of bucket 0: compared
/// </code>
/// </remarks>
internal sealed class WordSearch
{
    private const int Buckets = 8;

    /// <summary>How many bytes of a word the tables know; a shorter word has anything behind it.</summary>
    private const int Known = 3;

    private const byte CaseBit = 0x20;

    private readonly byte[][][] words;
    private readonly bool ignoreCase;
    private readonly Vector128<byte> low0, high0, low1, high1, low2, high2;

    /// <summary>Creates a search for <paramref name="words"/>, none of them empty, and in lower case where that is ignored.</summary>
    public WordSearch(bool ignoreCase, params string[] words)
    {
        this.ignoreCase = ignoreCase;
        byte[][] sorted = [.. words.Order(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];
        this.words = [.. sorted.Chunk((sorted.Length + Buckets - 1) / Buckets)];
        (low0, high0) = Halves(0);
        (low1, high1) = Halves(1);
        (low2, high2) = Halves(2);
    }

    /// <summary>Whether one of the words stands in <paramref name="text"/>.</summary>
    [SkipLocalsInit]
    public bool IsIn(ReadOnlySpan<byte> text)
    {
        Span<byte> end = stackalloc byte[2 * Vector128<byte>.Count];
        for (int at = 0; at < text.Length; at += Vector128<byte>.Count)
        {
            scoped ReadOnlySpan<byte> from = text[at..];
            if (from.Length < Vector128<byte>.Count + Known - 1)
            {
                end.Clear();
                from.CopyTo(end);
                from = end;
            }

            ref byte first = ref MemoryMarshal.GetReference(from);
            Vector128<byte> buckets = BucketsOf(Vector128.LoadUnsafe(ref first), low0, high0)
                & BucketsOf(Vector128.LoadUnsafe(ref first, 1), low1, high1) & BucketsOf(Vector128.LoadUnsafe(ref first, 2), low2, high2);
            for (uint places = ~Vector128.Equals(buckets, Vector128<byte>.Zero).ExtractMostSignificantBits() & ushort.MaxValue; places != 0; places &= places - 1)
            {
                int place = BitOperations.TrailingZeroCount(places);
                if (at + place < text.Length && StartsWith(text[(at + place)..], buckets[place]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool StartsWith(ReadOnlySpan<byte> text, uint buckets)
    {
        for (; buckets != 0; buckets &= buckets - 1)
        {
            foreach (byte[] word in words[BitOperations.TrailingZeroCount(buckets)])
            {
                if (ignoreCase ? Ascii.StartsWithIgnoringCase(text, word) : text.StartsWith(word))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Vector128<byte> BucketsOf(Vector128<byte> bytes, Vector128<byte> low, Vector128<byte> high)
    {
        Vector128<byte> half = Vector128.Create((byte)0x0F), folded = bytes | Vector128.Create(CaseBit);
        return Vector128.ShuffleNative(low, folded & half) & Vector128.ShuffleNative(high, folded >>> 4);
    }

    /// <summary>For each low and each high half of a byte, a bit for each bucket with a word that may have it as its byte number <paramref name="position"/>.</summary>
    private (Vector128<byte> Low, Vector128<byte> High) Halves(int position)
    {
        Span<byte> low = stackalloc byte[16], high = stackalloc byte[16];
        low.Clear();
        high.Clear();
        foreach ((int bucket, byte[][] ofBucket) in words.Index())
        {
            foreach (byte[] word in ofBucket)
            {
                foreach (byte value in position < word.Length ? [word[position]] : Enumerable.Range(0, 256).Select(v => (byte)v))
                {
                    low[(value | CaseBit) & 15] |= (byte)(1 << bucket);
                    high[(value | CaseBit) >> 4] |= (byte)(1 << bucket);
                }
            }
        }

        return (Vector128.Create<byte>(low), Vector128.Create<byte>(high));
    }
}
