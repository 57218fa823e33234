using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Redactor.Scanning.Filtering;

/// <summary>From a bitmap to the list of its bits.</summary>
internal static class BitPositions
{
    /// <summary>What <see cref="Flatten"/> may write behind the last position.</summary>
    public const int Slack = 64;

    /// <summary>Writes the position of every bit, ascending, and returns how many there are.</summary>
    /// <param name="words">The bitmap; at most 1,024 words.</param>
    /// <param name="positions">Room for 64 positions a word and <see cref="Slack"/> more.</param>
    public static int Flatten(ReadOnlySpan<ulong> words, Span<ushort> positions) =>
        Avx512Vbmi2.IsSupported ? FlattenByCompressing(words, positions) : FlattenEightAtATime(words, positions);

    /// <summary>The same, one bit after the other.</summary>
    internal static int FlattenEightAtATime(ReadOnlySpan<ulong> words, Span<ushort> positions)
    {
        ref ushort next = ref MemoryMarshal.GetReference(positions);
        int count = 0;
        for (int word = 0; word < words.Length; word++)
        {
            ulong bits = words[word];
            if (bits == 0)
            {
                continue;
            }

            // Eight at a time whether there are eight or not: few words have more, so that the branch is seldom mispredicted.
            int found = BitOperations.PopCount(bits);
            ref ushort at = ref Unsafe.Add(ref next, count);
            for (int left = found; left > 0; left -= 8)
            {
                bits = TakeFour(bits, word * 64, ref at);
                bits = TakeFour(bits, word * 64, ref Unsafe.Add(ref at, 4));
                at = ref Unsafe.Add(ref at, 8);
            }

            count += found;
        }

        return count;
    }

    /// <summary>Writes the positions of the four lowest bits of a word, or anything where there are fewer, and returns the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong TakeFour(ulong bits, int start, ref ushort at)
    {
        at = (ushort)(start + BitOperations.TrailingZeroCount(bits));
        bits &= bits - 1;
        Unsafe.Add(ref at, 1) = (ushort)(start + BitOperations.TrailingZeroCount(bits));
        bits &= bits - 1;
        Unsafe.Add(ref at, 2) = (ushort)(start + BitOperations.TrailingZeroCount(bits));
        bits &= bits - 1;
        Unsafe.Add(ref at, 3) = (ushort)(start + BitOperations.TrailingZeroCount(bits));
        return bits & (bits - 1);
    }

    /// <summary>The same, a word at once: of the numbers 0 to 63 those whose bits are set are moved together.</summary>
    private static int FlattenByCompressing(ReadOnlySpan<ulong> words, Span<ushort> positions)
    {
        ref ushort next = ref MemoryMarshal.GetReference(positions);
        Vector512<byte> numbers = Vector512<byte>.Indices, bitOf = Vector512.Create(0x8040_2010_0804_0201).AsByte(), byteOf = numbers >>> 3;
        int count = 0;
        for (int first = 0; first < words.Length; first += 64)
        {
            // Whether a word has bits can't be foretold: those that have are listed first.
            for (ulong nonZero = NonZero(words[first..Math.Min(words.Length, first + 64)]); nonZero != 0; nonZero &= nonZero - 1)
            {
                int word = first + BitOperations.TrailingZeroCount(nonZero);

                // Every lane gets the byte of the word that its bit is in.
                Vector512<byte> bytes = Avx512BW.Shuffle(Vector512.Create(words[word]).AsByte(), byteOf);
                Vector512<byte> set = Vector512.Equals(bytes & bitOf, bitOf);
                Vector512<byte> together = Avx512Vbmi2.Compress(Vector512<byte>.Zero, set, numbers);
                Vector512<ushort> start = Vector512.Create((ushort)(word * 64));
                ref ushort at = ref Unsafe.Add(ref next, count);
                (Vector512.WidenLower(together) + start).StoreUnsafe(ref at);
                int found = BitOperations.PopCount(words[word]);
                if (found > Vector512<ushort>.Count)
                {
                    (Vector512.WidenUpper(together) + start).StoreUnsafe(ref at, (nuint)Vector512<ushort>.Count);
                }

                count += found;
            }
        }

        return count;
    }

    /// <summary>A bit for each of up to 64 words that is not zero.</summary>
    private static ulong NonZero(ReadOnlySpan<ulong> words)
    {
        ulong nonZero = 0;
        int word = 0;
        for (; word + Vector512<ulong>.Count <= words.Length; word += Vector512<ulong>.Count)
        {
            nonZero |= (~Vector512.Equals(Vector512.Create(words[word..]), Vector512<ulong>.Zero).ExtractMostSignificantBits() & 0xFF) << word;
        }

        for (; word < words.Length; word++)
        {
            nonZero |= (words[word] != 0 ? 1UL : 0) << word;
        }

        return nonZero;
    }
}
