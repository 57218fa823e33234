using System.Numerics;
using System.Security.Cryptography;

namespace Redactor.Scanning.Judging;

/// <summary>Addresses and keys of crypto currencies that carry a checksum.</summary>
internal static class CryptoAddress
{
    /// <summary>Bytes of the longest Base58Check text looked at: an extended private key of 82 bytes.</summary>
    private const int MaxBytes = 96;

    private const int ChecksumBytes = 4;

    private const byte NoDigit = 0xFF;

    /// <summary>The value of each of Base58's digits.</summary>
    private static readonly byte[] Base58 =
        [.. Enumerable.Range(0, 256).Select(value => (byte)"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".IndexOf((char)value, StringComparison.Ordinal))];

    /// <summary>The generator of Bech32's BCH code, for each of five bits.</summary>
    private static readonly uint[] Generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>Base58Check (Bitcoin, Litecoin, Dogecoin, Tron): the last four bytes are the double SHA-256 of the others.</summary>
    public static bool IsBase58Check(ReadOnlySpan<byte> value)
    {
        // The number, 32 bits at a time, the lowest first.
        Span<uint> number = stackalloc uint[MaxBytes / sizeof(uint)];
        int words = 0;
        foreach (byte b in value)
        {
            ulong carry = Base58[b];
            if (carry == NoDigit)
            {
                return false;
            }

            for (int i = 0; i < words; i++)
            {
                carry += number[i] * 58UL;
                number[i] = (uint)carry;
                carry >>= 32;
            }

            if (carry > 0)
            {
                if (words == number.Length)
                {
                    return false;
                }

                number[words++] = (uint)carry;
            }
        }

        // Each zero byte in front is written as a "1".
        int zeros = value.Length - value.TrimStart((byte)'1').Length;
        int length = zeros + (words == 0 ? 0 : (sizeof(uint) * words) - (BitOperations.LeadingZeroCount(number[words - 1]) / 8));
        if (length is < 25 or > MaxBytes)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxBytes];
        Span<byte> decoded = bytes[..length];
        decoded.Clear();
        for (int i = 0; i < length - zeros; i++)
        {
            decoded[^(i + 1)] = (byte)(number[i / sizeof(uint)] >> (8 * (i % sizeof(uint))));
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(decoded[..^ChecksumBytes], hash);
        SHA256.HashData(hash, hash);
        return hash[..ChecksumBytes].SequenceEqual(decoded[^ChecksumBytes..]);
    }

    /// <summary>Bech32 or Bech32m (BIP 173, BIP 350): a readable part, <c>1</c>, and a BCH code of six characters at the end.</summary>
    public static bool IsBech32(ReadOnlySpan<byte> value)
    {
        int separator = value.LastIndexOf((byte)'1');
        if (separator < 1 || value.Length - separator < 7)
        {
            return false;
        }

        uint check = 1;
        foreach (byte b in value[..separator])
        {
            check = Step(check, (uint)(Lower(b) >> 5));
        }

        check = Step(check, 0);
        foreach (byte b in value[..separator])
        {
            check = Step(check, (uint)(Lower(b) & 31));
        }

        foreach (byte b in value[(separator + 1)..])
        {
            int symbol = "qpzry9x8gf2tvdw0s3jn54khce6mua7l".IndexOf((char)Lower(b), StringComparison.Ordinal);
            if (symbol < 0)
            {
                return false;
            }

            check = Step(check, (uint)symbol);
        }

        return check is 1 or 0x2bc830a3;
    }

    private static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;

    private static uint Step(uint check, uint symbol)
    {
        uint top = check >> 25;
        check = ((check & 0x1ffffff) << 5) ^ symbol;
        while (top != 0)
        {
            check ^= Generator[BitOperations.TrailingZeroCount(top)];
            top &= top - 1;
        }

        return check;
    }
}
