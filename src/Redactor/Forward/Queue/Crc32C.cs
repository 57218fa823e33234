using System.Buffers.Binary;
using System.Numerics;

namespace Redactor.Forward.Queue;

/// <summary>CRC-32C (Castagnoli, RFC 3720 B.4), by the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>Of <paramref name="first"/> and what stands behind it.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Add(Add(uint.MaxValue, first), second);

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
