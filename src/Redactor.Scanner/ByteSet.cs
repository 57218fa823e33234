using System.Numerics;
using System.Runtime.CompilerServices;

namespace Redactor.Scanning;

/// <summary>A set of byte values, as four words of bits. Immutable.</summary>
public readonly struct ByteSet : IEquatable<ByteSet>
{
    // Four fields, not an array of four: what is computed of a set then stays in registers.
    private readonly ulong word0, word1, word2, word3;

    private ByteSet(ulong word0, ulong word1, ulong word2, ulong word3) =>
        (this.word0, this.word1, this.word2, this.word3) = (word0, word1, word2, word3);

    /// <summary>No byte.</summary>
    public static ByteSet Empty => default;

    /// <summary>Every byte.</summary>
    public static ByteSet All => Range(0, 255);

    /// <summary>How many bytes are in the set.</summary>
    public int Count => BitOperations.PopCount(word0) + BitOperations.PopCount(word1) + BitOperations.PopCount(word2) + BitOperations.PopCount(word3);

    /// <summary>The bytes of the set with bit 5 set, which tells capitals from small letters.</summary>
    internal ByteSet WithCaseBit => new(SetCaseBit(word0), SetCaseBit(word1), SetCaseBit(word2), SetCaseBit(word3));

    /// <summary>The least byte of the set, which must not be empty.</summary>
    internal byte Least => (byte)(word0 != 0 ? BitOperations.TrailingZeroCount(word0) : word1 != 0 ? 64 + BitOperations.TrailingZeroCount(word1)
        : word2 != 0 ? 128 + BitOperations.TrailingZeroCount(word2) : 192 + BitOperations.TrailingZeroCount(word3));

    /// <summary>The greatest byte of the set, which must not be empty.</summary>
    internal byte Greatest => (byte)(word3 != 0 ? 255 - BitOperations.LeadingZeroCount(word3) : word2 != 0 ? 191 - BitOperations.LeadingZeroCount(word2)
        : word1 != 0 ? 127 - BitOperations.LeadingZeroCount(word1) : 63 - BitOperations.LeadingZeroCount(word0));

    /// <summary>The bytes of the set below 0x80, a bit each.</summary>
    internal UInt128 Lower => new(word1, word0);

    /// <summary>The bytes of the set from 0x80 on, a bit each.</summary>
    internal UInt128 Upper => new(word3, word2);

    /// <summary>For each of the six low bits of a byte: where in a word those are that have it.</summary>
    private static ReadOnlySpan<ulong> WithBit =>
        [0xAAAAAAAAAAAAAAAA, 0xCCCCCCCCCCCCCCCC, 0xF0F0F0F0F0F0F0F0, 0xFF00FF00FF00FF00, 0xFFFF0000FFFF0000, 0xFFFFFFFF00000000];

    /// <summary>Whether no byte is in the set.</summary>
    public bool IsEmpty => (word0 | word1 | word2 | word3) == 0;

    /// <summary>The set of one byte.</summary>
    public static ByteSet Of(byte value) => Range(value, value);

    /// <summary>The set of the bytes of an ASCII string.</summary>
    public static ByteSet Of(string ascii)
    {
        ByteSet set = default;
        foreach (char c in ascii)
        {
            set |= Of(checked((byte)c));
        }

        return set;
    }

    /// <summary>The set of the bytes from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public static ByteSet Range(byte first, byte last)
    {
        return new ByteSet(Part(0), Part(64), Part(128), Part(192));

        ulong Part(int start)
        {
            int from = Math.Max(first - start, 0), to = Math.Min(last - start, 63);
            return from <= to ? ulong.MaxValue << from & ulong.MaxValue >> (63 - to) : 0;
        }
    }

    /// <summary>Whether <paramref name="value"/> is in the set.</summary>
    public bool Contains(byte value) => (Word(value >> 6) >> (value & 63) & 1) != 0;

    /// <summary>Whether every byte of the set is in <paramref name="other"/>, too.</summary>
    internal bool IsWithin(ByteSet other) =>
        ((word0 & ~other.word0) | (word1 & ~other.word1) | (word2 & ~other.word2) | (word3 & ~other.word3)) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Word(int index) => Unsafe.Add(ref Unsafe.AsRef(in word0), index);

    private static ulong SetCaseBit(ulong word) => (word | word << 32) >> 32 << 32;

    /// <summary>The bytes of the set in ascending order.</summary>
    public IEnumerable<byte> Bytes()
    {
        for (int i = 0; i < 4; i++)
        {
            for (ulong rest = Word(i); rest != 0; rest &= rest - 1)
            {
                yield return (byte)((i << 6) + BitOperations.TrailingZeroCount(rest));
            }
        }
    }

    /// <summary>
    /// The bits that all members have in common: which (<c>Mask</c>) and how they are set (<c>Value</c>). All but the case bit for a letter of either case,
    /// the upper four for a digit.
    /// </summary>
    internal (byte Mask, byte Value) CommonBits()
    {
        ulong words = word0 | word1 | word2 | word3;
        int ones = ((word0 | word2) == 0 ? 0x40 : 0) | ((word0 | word1) == 0 ? 0x80 : 0);
        int zeros = ((word1 | word3) == 0 ? 0x40 : 0) | ((word2 | word3) == 0 ? 0x80 : 0);
        for (int bit = 0; bit < WithBit.Length; bit++)
        {
            ones |= (words & ~WithBit[bit]) == 0 ? 1 << bit : 0;
            zeros |= (words & WithBit[bit]) == 0 ? 1 << bit : 0;
        }

        return ((byte)(ones | zeros), (byte)ones);
    }

    /// <summary>Union.</summary>
    public static ByteSet operator |(ByteSet a, ByteSet b) => new(a.word0 | b.word0, a.word1 | b.word1, a.word2 | b.word2, a.word3 | b.word3);

    /// <summary>Intersection.</summary>
    public static ByteSet operator &(ByteSet a, ByteSet b) => new(a.word0 & b.word0, a.word1 & b.word1, a.word2 & b.word2, a.word3 & b.word3);

    /// <summary>Complement.</summary>
    public static ByteSet operator ~(ByteSet a) => new(~a.word0, ~a.word1, ~a.word2, ~a.word3);

    /// <summary>Equality.</summary>
    public static bool operator ==(ByteSet a, ByteSet b) => a.Equals(b);

    /// <summary>Inequality.</summary>
    public static bool operator !=(ByteSet a, ByteSet b) => !a.Equals(b);

    /// <inheritdoc/>
    public bool Equals(ByteSet other) =>
        word0 == other.word0 && word1 == other.word1 && word2 == other.word2 && word3 == other.word3;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ByteSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // Every set in use is from a rule: nobody makes them collide, and a hash that is proof against that takes several times as long.
        const ulong Factor = 0x9E3779B97F4A7C15;
        ulong hash = BitOperations.RotateLeft(word0 * Factor, 32) ^ word1;
        hash = BitOperations.RotateLeft(hash * Factor, 32) ^ word2;
        hash = BitOperations.RotateLeft(hash * Factor, 32) ^ word3;
        return (int)(hash * Factor >> 32);
    }

    /// <summary>The set as the members of a bracket expression, for messages and tests.</summary>
    public override string ToString() => "[" + string.Join("", Bytes().Select(b => b is > 32 and < 127 ? ((char)b).ToString() : $"\\x{b:x2}")) + "]";
}
