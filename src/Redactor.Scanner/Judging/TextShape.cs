using System.Numerics;
using System.Runtime.Intrinsics;

namespace Redactor.Scanning.Judging;

/// <summary>What a run of text is made of, counted in one pass: the ground on which secrets are told from words and names.</summary>
internal readonly struct TextShape
{
    private const int Step = 64;

    /// <summary>Counts 64 bytes at a time, a bit for each: in a random token no branch on one of them could be foretold.</summary>
    private TextShape(ReadOnlySpan<byte> value)
    {
        Length = value.Length;
        BitRun letterRun = default, repeatRun = default;

        // The last bit of each word before: what the first byte of the next follows.
        ulong smallBefore = 0, letterBefore = 0, digitBefore = 0;
        Span<byte> padded = stackalloc byte[Step];
        int last = -1;
        for (int start = 0; start < value.Length; start += Step)
        {
            int count = Math.Min(Step, value.Length - start);
            scoped ReadOnlySpan<byte> part = value.Slice(start, count);
            if (count < Step)
            {
                part.CopyTo(padded);
                padded[count..].Clear();
                part = padded;
            }

            Vector512<byte> bytes = Vector512.Create(part);
            Vector512<byte> folded = bytes | Vector512.Create((byte)0x20);
            ulong letters = InRange(folded, (byte)'a', (byte)'z'), digits = InRange(bytes, (byte)'0', (byte)'9');
            ulong small = InRange(bytes, (byte)'a', (byte)'z'), capitals = letters & ~small;
            Lower += BitOperations.PopCount(small);
            Upper += BitOperations.PopCount(capitals);
            Digits += BitOperations.PopCount(digits);
            NonHex += BitOperations.PopCount(InRange(folded, (byte)'g', (byte)'z'));
            ulong behindLetter = letters << 1 | letterBefore, behindDigit = digits << 1 | digitBefore;
            CaseChanges += BitOperations.PopCount((small << 1 | smallBefore) & capitals);
            DigitChanges += BitOperations.PopCount(behindLetter & digits | behindDigit & letters);
            letterRun.Add(letters, count);
            repeatRun.Add(Repeats(part, count, last), count);
            (smallBefore, letterBefore, digitBefore, last) = (small >> 63, letters >> 63, digits >> 63, part[^1]);
        }

        LongestWord = letterRun.Longest;
        LongestRepeat = value.IsEmpty ? 0 : repeatRun.Longest + 1;
        Distinct = CountDistinct(value);
    }

    /// <summary>Bytes in all.</summary>
    public int Length { get; }

    /// <summary>Letters a to z.</summary>
    public int Lower { get; }

    /// <summary>Letters A to Z.</summary>
    public int Upper { get; }

    /// <summary>Digits.</summary>
    public int Digits { get; }

    /// <summary>Bytes that are neither letters nor digits.</summary>
    public int Others => Length - Letters - Digits;

    /// <summary>Letters behind F, in either case.</summary>
    public int NonHex { get; }

    /// <summary>The most letters in a row.</summary>
    public int LongestWord { get; }

    /// <summary>The most equal bytes in a row.</summary>
    public int LongestRepeat { get; }

    /// <summary>How often an upper-case letter follows a lower-case one.</summary>
    public int CaseChanges { get; }

    /// <summary>How often a letter stands beside a digit.</summary>
    public int DigitChanges { get; }

    /// <summary>How many different bytes there are, counted by their low five bits.</summary>
    public int Distinct { get; }

    /// <summary>Letters of either case.</summary>
    public int Letters => Lower + Upper;

    /// <summary>Counts <paramref name="value"/>.</summary>
    public static TextShape Of(ReadOnlySpan<byte> value) => new(value);

    private static ulong InRange(Vector512<byte> bytes, byte first, byte last) =>
        Vector512.LessThanOrEqual(bytes - Vector512.Create(first), Vector512.Create((byte)(last - first))).ExtractMostSignificantBits();

    /// <summary>Which bytes equal the one before, which for the first is <paramref name="last"/>.</summary>
    private static ulong Repeats(ReadOnlySpan<byte> part, int count, int last)
    {
        Span<byte> before = stackalloc byte[Step];
        before[0] = (byte)last;
        part[..^1].CopyTo(before[1..]);
        ulong equal = Vector512.Equals(Vector512.Create(part), Vector512.Create<byte>(before)).ExtractMostSignificantBits();
        return (last < 0 ? equal & ~1UL : equal) & (ulong.MaxValue >> (Step - count));
    }

    private static int CountDistinct(ReadOnlySpan<byte> value)
    {
        uint seen = 0;
        foreach (byte b in value)
        {
            seen |= 1u << (b & 31);
        }

        return BitOperations.PopCount(seen);
    }

    /// <summary>The longest run of set bits in words that follow each other.</summary>
    private struct BitRun
    {
        private int running;

        public int Longest { get; private set; }

        /// <summary>Takes in the lowest <paramref name="count"/> bits of a word; the others are zero.</summary>
        public void Add(ulong bits, int count)
        {
            Longest = Math.Max(Longest, running + BitOperations.TrailingZeroCount(~bits));
            int inside = 0;
            for (ulong rest = bits; rest != 0; rest &= rest << 1)
            {
                inside++;
            }

            Longest = Math.Max(Longest, inside);
            running = bits == ulong.MaxValue ? running + Step : count == Step ? BitOperations.LeadingZeroCount(~bits) : 0;
        }
    }
}
