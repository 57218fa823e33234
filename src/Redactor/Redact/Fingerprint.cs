using System.Security.Cryptography;
using System.Text;
using Redactor.Rules;
using Redactor.Scanning.Judging;

namespace Redactor.Redact;

/// <summary>
/// The first twelve hex digits of the HMAC-SHA256 of what was found, so that one secret is recognised wherever it turns up and, without the key, can't be guessed. The
/// rule is no part of it.
/// </summary>
internal static class Fingerprint
{
    /// <summary>Where no key is configured: one secret has one fingerprint for as long as the process lives.</summary>
    private static readonly HashKey OfProcess = new("", Convert.ToHexString(RandomNumberGenerator.GetBytes(HashKey.MinLength)));

    /// <summary>Writes <see cref="MaskText.HashLength"/> hex digits.</summary>
    public static void Write(HashKey key, ReadOnlySpan<byte> text, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Bytes, text, hash);
        Convert.TryToHexStringLower(hash[..(MaskText.HashLength / 2)], destination, out _);
    }

    /// <summary>The fingerprint as labels have it, behind the id of its key if that has one: <c>k1:9f2c41d0a1b2</c>.</summary>
    /// <param name="keys">The configured keys; null: there are none.</param>
    /// <param name="text">What was found.</param>
    public static string Of(HashKeys? keys, ReadOnlySpan<byte> text)
    {
        HashKey key = keys?.Current ?? OfProcess;
        Span<byte> digits = stackalloc byte[MaskText.HashLength];
        Write(key, text, digits);
        return (key.Id.Length > 0 ? key.Id + ":" : "") + Encoding.ASCII.GetString(digits);
    }
}
