using System.Numerics;
using System.Runtime.CompilerServices;

namespace Redactor.Scanning;

/// <summary>A set of byte values, as four words of bits. Immutable.</summary>
public readonly struct ByteSet : IEquatable<ByteSet>
{
    private readonly Words words;

    private ByteSet(Words words) => this.words = words;

    /// <summary>No byte.</summary>
    public static ByteSet Empty => default;

    /// <summary>Every byte.</summary>
    public static ByteSet All => Range(0, 255);

    /// <summary>How many bytes are in the set.</summary>
    public int Count => BitOperations.PopCount(words[0]) + BitOperations.PopCount(words[1]) + BitOperations.PopCount(words[2]) + BitOperations.PopCount(words[3]);

    /// <summary>How many bytes are left of the set where bit 5, which tells capitals from small letters, does not count.</summary>
    internal int CountWithoutCase => WithoutCase(words[0]) + WithoutCase(words[1]) + WithoutCase(words[2]) + WithoutCase(words[3]);

    /// <summary>The greatest byte of the set, which must not be empty.</summary>
    internal byte Greatest => (byte)(words[3] != 0 ? 255 - BitOperations.LeadingZeroCount(words[3]) : words[2] != 0 ? 191 - BitOperations.LeadingZeroCount(words[2])
        : words[1] != 0 ? 127 - BitOperations.LeadingZeroCount(words[1]) : 63 - BitOperations.LeadingZeroCount(words[0]));

    /// <summary>Whether no byte is in the set.</summary>
    public bool IsEmpty => (words[0] | words[1] | words[2] | words[3]) == 0;

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
        Words w = default;
        for (int b = first; b <= last; b++)
        {
            w[b >> 6] |= 1UL << (b & 63);
        }

        return new ByteSet(w);
    }

    /// <summary>Whether <paramref name="value"/> is in the set.</summary>
    public bool Contains(byte value) => (Unsafe.Add(ref Unsafe.As<Words, ulong>(ref Unsafe.AsRef(in words)), value >> 6) >> (value & 63) & 1) != 0;

    private static int WithoutCase(ulong word) => BitOperations.PopCount((uint)word | (uint)(word >> 32));

    /// <summary>The bytes of the set in ascending order.</summary>
    public IEnumerable<byte> Bytes()
    {
        for (int i = 0; i < 4; i++)
        {
            for (ulong rest = words[i]; rest != 0; rest &= rest - 1)
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
        int ones = 0xFF, zeros = 0xFF;
        foreach (byte member in Bytes())
        {
            ones &= member;
            zeros &= ~member;
        }

        return ((byte)(ones | zeros), (byte)ones);
    }

    /// <summary>Union.</summary>
    public static ByteSet operator |(ByteSet a, ByteSet b)
    {
        Words w = default;
        for (int i = 0; i < 4; i++)
        {
            w[i] = a.words[i] | b.words[i];
        }

        return new ByteSet(w);
    }

    /// <summary>Intersection.</summary>
    public static ByteSet operator &(ByteSet a, ByteSet b)
    {
        Words w = default;
        for (int i = 0; i < 4; i++)
        {
            w[i] = a.words[i] & b.words[i];
        }

        return new ByteSet(w);
    }

    /// <summary>Complement.</summary>
    public static ByteSet operator ~(ByteSet a)
    {
        Words w = default;
        for (int i = 0; i < 4; i++)
        {
            w[i] = ~a.words[i];
        }

        return new ByteSet(w);
    }

    /// <summary>Equality.</summary>
    public static bool operator ==(ByteSet a, ByteSet b) => a.Equals(b);

    /// <summary>Inequality.</summary>
    public static bool operator !=(ByteSet a, ByteSet b) => !a.Equals(b);

    /// <inheritdoc/>
    public bool Equals(ByteSet other) =>
        words[0] == other.words[0] && words[1] == other.words[1] && words[2] == other.words[2] && words[3] == other.words[3];

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ByteSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(words[0], words[1], words[2], words[3]);

    /// <summary>The set as the members of a bracket expression, for messages and tests.</summary>
    public override string ToString() => "[" + string.Join("", Bytes().Select(b => b is > 32 and < 127 ? ((char)b).ToString() : $"\\x{b:x2}")) + "]";

    [InlineArray(4)]
    private struct Words
    {
        private ulong first;
    }
}
