using System.Text;
using Redactor.Scanning.Judging;

namespace Redactor.Rules;

/// <summary>One secret key of fingerprints. Its value is in no message and no string that could be logged.</summary>
/// <param name="id">What stands in the label before the fingerprint, lower-case letters and digits; empty for a single key that is never rotated.</param>
/// <param name="value">The secret, at least <see cref="MinLength"/> bytes.</param>
public sealed class HashKey(string id, string value)
{
    /// <summary>Least length of a key in bytes: 32, the length of the HMAC's output (RFC 2104, 3: shorter ones weaken it).</summary>
    public const int MinLength = 32;

    private readonly byte[] bytes = Encoding.UTF8.GetBytes(value);

    /// <summary>What stands in the label before the fingerprint; empty for a single key.</summary>
    public string Id { get; } = id;

    /// <summary>The key itself.</summary>
    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Whether <paramref name="id"/> can stand in a label.</summary>
    public static bool IsId(string id) => MaskText.IsKeyId(Encoding.UTF8.GetBytes(id));
}

/// <summary>The keys in use. While a key is being replaced both fingerprints are written, so that what carries the old one can be joined with what carries the new one.</summary>
/// <param name="Current">The key in use.</param>
/// <param name="Previous">The key that it replaces, or null. Then both have ids.</param>
public sealed record HashKeys(HashKey Current, HashKey? Previous = null);
