using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Redactor.Known;

/// <summary>A secret as it was read.</summary>
/// <param name="Name">What the source calls it.</param>
/// <param name="Value">The value, in <see cref="SecretMemory"/>.</param>
internal readonly record struct ReadSecret(string Name, ReadOnlyMemory<byte> Value);

/// <summary>The secrets of one source as they were read, in memory that <see cref="Dispose"/> zeroes.</summary>
public sealed class SecretList : IDisposable
{
    private readonly List<ReadSecret> secrets = [];

    /// <summary>Where values and what they are read from lie.</summary>
    internal SecretMemory Memory { get; } = new();

    /// <summary>The secrets in the order in which they were read.</summary>
    internal IReadOnlyList<ReadSecret> Secrets => secrets;

    /// <exception cref="SecretSourceException">There are too many.</exception>
    internal void Add(string name, ReadOnlyMemory<byte> value)
    {
        if (secrets.Count == KnownLimits.MaxSecrets)
        {
            throw new SecretSourceException($"holds more than {KnownLimits.MaxSecrets} secrets; name fewer");
        }

        secrets.Add(new ReadSecret(name, value));
    }

    /// <summary>A keyed hash of all names and values: what tells whether anything changed.</summary>
    internal byte[] Digest(byte[] key)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> lengths = stackalloc byte[2 * sizeof(int)];
        foreach (var secret in secrets)
        {
            byte[] name = Encoding.UTF8.GetBytes(secret.Name);
            BinaryPrimitives.WriteInt32LittleEndian(lengths, name.Length);
            BinaryPrimitives.WriteInt32LittleEndian(lengths[sizeof(int)..], secret.Value.Length);
            hash.AppendData(lengths);
            hash.AppendData(name);
            hash.AppendData(secret.Value.Span);
        }

        return hash.GetHashAndReset();
    }

    public void Dispose() => Memory.Dispose();
}

/// <summary>A source that can't be read. The message says why, and holds nothing of what is in it.</summary>
public sealed class SecretSourceException(string message) : Exception(message);
