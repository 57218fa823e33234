using System.Buffers.Binary;
using System.Numerics;

namespace Redactor.Forward.Queue;

/// <summary>CRC-32C (Castagnoli, RFC 3720 B.4), by the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>Of a batch: what it is, its payload, and its envelope where it has one.</summary>
    public static uint Of(Signal signal, PayloadEncoding encoding, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> envelope) =>
        ~Add(Add(Add(uint.MaxValue, [(byte)signal, (byte)encoding]), payload), envelope);

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte last in bytes)
        {
            crc = BitOperations.Crc32C(crc, last);
        }

        return crc;
    }
}
