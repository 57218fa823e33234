using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>From a bitmap to the list of its bits.</summary>
internal static class BitPositions
{
    /// <summary>What <see cref="Flatten"/> may write behind the last position.</summary>
    public const int Slack = 4;

    /// <summary>Writes the position of every bit, ascending, and returns how many there are.</summary>
    /// <param name="words">The bitmap; at most 1,024 words.</param>
    /// <param name="positions">Room for 64 positions a word and <see cref="Slack"/> more.</param>
    public static int Flatten(ReadOnlySpan<ulong> words, Span<ushort> positions)
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

            // Four at a time whether there are four or not: most words have one to four, and the branch is not mispredicted.
            int found = BitOperations.PopCount(bits), start = word * 64;
            for (int written = 0; written < found; written += 4)
            {
                ref ushort at = ref Unsafe.Add(ref next, count + written);
                for (int i = 0; i < 4; i++)
                {
                    Unsafe.Add(ref at, i) = (ushort)(start + BitOperations.TrailingZeroCount(bits));
                    bits &= bits - 1;
                }
            }

            count += found;
        }

        return count;
    }
}
