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
        Span<byte> padded = stackalloc byte[2 * Step];
        for (int start = 0; start < value.Length; start += Step)
        {
            // One byte more than is counted: it may repeat the last.
            scoped ReadOnlySpan<byte> part = value[start..];
            ulong counted = ulong.MaxValue;
            if (part.Length <= Step)
            {
                padded.Clear();
                part.CopyTo(padded);
                counted >>= Step - part.Length;
                part = padded;
            }

            Vector512<byte> bytes = Vector512.Create(part), folded = bytes | Vector512.Create((byte)0x20);
            ulong letters = InRange(folded, (byte)'a', (byte)'z'), digits = InRange(bytes, (byte)'0', (byte)'9');
            ulong small = InRange(bytes, (byte)'a', (byte)'z'), capitals = letters & ~small;
            Lower += BitOperations.PopCount(small);
            Upper += BitOperations.PopCount(capitals);
            Digits += BitOperations.PopCount(digits);
            NonHex += BitOperations.PopCount(InRange(folded, (byte)'g', (byte)'z'));
            ulong behindLetter = letters << 1 | letterBefore, behindDigit = digits << 1 | digitBefore;
            CaseChanges += BitOperations.PopCount((small << 1 | smallBefore) & capitals);
            DigitChanges += BitOperations.PopCount(behindLetter & digits | behindDigit & letters);
            letterRun.Add(letters);
            ulong repeated = Vector512.Equals(bytes, Vector512.Create(part[1..])).ExtractMostSignificantBits();
            repeatRun.Add(repeated & (start + Step < value.Length ? counted : counted >> 1));
            (smallBefore, letterBefore, digitBefore) = (small >> 63, letters >> 63, digits >> 63);
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

    private static int CountDistinct(ReadOnlySpan<byte> value)
    {
        ulong seen = 0;
        foreach (byte b in value)
        {
            seen |= 1UL << b; // by its low six bits
        }

        return BitOperations.PopCount((uint)(seen | seen >> 32));
    }

    /// <summary>The longest run of set bits in words that follow each other.</summary>
    private struct BitRun
    {
        private int running;

        public int Longest { get; private set; }

        public void Add(ulong bits)
        {
            Longest = Math.Max(Longest, Math.Max(LongestIn(bits), running + BitOperations.TrailingZeroCount(~bits)));
            running = bits == ulong.MaxValue ? running + Step : BitOperations.LeadingZeroCount(~bits);
        }

        /// <summary>Which bits start runs of 2, 4, 8, 16 and 32; then the longest run is put together from these, largest first.</summary>
        private static int LongestIn(ulong bits)
        {
            ulong by2 = bits & bits >> 1, by4 = by2 & by2 >> 2, by8 = by4 & by4 >> 4, by16 = by8 & by8 >> 8, by32 = by16 & by16 >> 16;
            ulong starts = ulong.MaxValue;
            int length = 0;
            Extend(by32, 32, ref starts, ref length);
            Extend(by16, 16, ref starts, ref length);
            Extend(by8, 8, ref starts, ref length);
            Extend(by4, 4, ref starts, ref length);
            Extend(by2, 2, ref starts, ref length);
            Extend(bits, 1, ref starts, ref length);
            return length;
        }

        /// <summary>Takes <paramref name="by"/> bits more where runs of so many start behind those of <paramref name="length"/> that <paramref name="starts"/> has.</summary>
        private static void Extend(ulong runs, int by, ref ulong starts, ref int length)
        {
            ulong longer = starts & runs >> length;
            bool any = longer != 0;
            starts = any ? longer : starts;
            length += any ? by : 0;
        }
    }
}
