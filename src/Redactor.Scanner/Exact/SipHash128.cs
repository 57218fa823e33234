using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Redactor.Scanning.Exact;

/// <summary>
/// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, https://www.aumasson.jp/siphash/siphash.pdf, with the longer output of their reference
/// implementation): a keyed hash for short messages, some 25 times cheaper here than an HMAC.
/// </summary>
/// <param name="key0">The first half of the key, as a little-endian number.</param>
/// <param name="key1">The second half.</param>
internal readonly struct SipHash128(ulong key0, ulong key1)
{
    /// <summary>The hash under a new key.</summary>
    internal static SipHash128 Create()
    {
        Span<ulong> key = stackalloc ulong[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(key));
        return new SipHash128(key[0], key[1]);
    }

    /// <summary>The hash of <paramref name="message"/>, as a little-endian number.</summary>
    internal UInt128 Of(ReadOnlySpan<byte> message)
    {
        // The constants spell "somepseudorandomlygeneratedbytes"; 0xee and 0xdd set the long output apart from the short one.
        State state = new(key0 ^ 0x736f6d6570736575, key1 ^ 0x646f72616e646f6d ^ 0xee, key0 ^ 0x6c7967656e657261, key1 ^ 0x7465646279746573);
        ulong last = (ulong)message.Length << 56;
        for (; message.Length >= sizeof(ulong); message = message[sizeof(ulong)..])
        {
            state.Absorb(BinaryPrimitives.ReadUInt64LittleEndian(message));
        }

        for (int i = 0; i < message.Length; i++)
        {
            last |= (ulong)message[i] << (8 * i);
        }

        state.Absorb(last);
        state.V2 ^= 0xee;
        ulong low = state.Squeeze();
        state.V1 ^= 0xdd;
        return new UInt128(state.Squeeze(), low);
    }

    private struct State(ulong v0, ulong v1, ulong v2, ulong v3)
    {
        internal ulong V1 = v1;
        internal ulong V2 = v2;
        private ulong v0 = v0;
        private ulong v3 = v3;

        internal void Absorb(ulong word)
        {
            v3 ^= word;
            Round();
            Round();
            v0 ^= word;
        }

        internal ulong Squeeze()
        {
            for (int i = 0; i < 4; i++)
            {
                Round();
            }

            return v0 ^ V1 ^ V2 ^ v3;
        }

        private void Round()
        {
            v0 += V1;
            V1 = BitOperations.RotateLeft(V1, 13) ^ v0;
            v0 = BitOperations.RotateLeft(v0, 32);
            V2 += v3;
            v3 = BitOperations.RotateLeft(v3, 16) ^ V2;
            v0 += v3;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            V2 += V1;
            V1 = BitOperations.RotateLeft(V1, 17) ^ V2;
            V2 = BitOperations.RotateLeft(V2, 32);
        }
    }
}
