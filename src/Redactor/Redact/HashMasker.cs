using System.Text;
using Redactor.Rules;
using Redactor.Scanning.Judging;

namespace Redactor.Redact;

/// <summary><c>[REDACTED:rule-id:9f2c41d0a1b2]</c>, or with the key's id <c>[REDACTED:rule-id:k1:9f2c41d0a1b2]</c> (<see cref="Fingerprint"/>).</summary>
internal sealed class HashMasker : Masker
{
    private readonly byte[] opening;
    private readonly (HashKey Key, byte[] Prefix)[] keys;

    public HashMasker(string ruleId, HashKeys keys)
    {
        opening = Encoding.UTF8.GetBytes($"[REDACTED:{ruleId}");
        HashKey[] inUse = keys.Previous is null ? [keys.Current] : [keys.Current, keys.Previous];
        this.keys = [.. inUse.Select(key => (key, Encoding.UTF8.GetBytes(key.Id.Length > 0 ? $":{key.Id}:" : ":")))];
    }

    public override int GetMaskedLength(ReadOnlySpan<byte> source) => opening.Length + keys.Sum(key => key.Prefix.Length + MaskText.HashLength) + 1;

    public override int Mask(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        opening.CopyTo(destination);
        int written = opening.Length;
        foreach ((HashKey key, byte[] prefix) in keys)
        {
            prefix.CopyTo(destination[written..]);
            written += prefix.Length;
            Fingerprint.Write(key, source, destination[written..]);
            written += MaskText.HashLength;
        }

        destination[written++] = (byte)']';
        return written;
    }
}
