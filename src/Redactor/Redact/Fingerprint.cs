using System.Runtime.CompilerServices;
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

    /// <summary>The keys as the calling thread has set them up, for as long as they are in use: doing that for each hash takes longer than hashing what is found.</summary>
    [ThreadStatic]
    private static ConditionalWeakTable<HashKey, IncrementalHash>? ofThread;

    /// <summary>Writes <see cref="MaskText.HashLength"/> hex digits.</summary>
    public static void Write(HashKey key, ReadOnlySpan<byte> text, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        IncrementalHash keyed = (ofThread ??= []).GetValue(key, static key => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Bytes));
        keyed.AppendData(text);
        keyed.GetHashAndReset(hash);
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
