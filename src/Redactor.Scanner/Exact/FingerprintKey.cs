using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Redactor.Scanning.Exact;

/// <summary>
/// Turns a window of 8 to 16 bytes into 64 bits that nobody without the key can aim at: two words that together cover the window, each mixed
/// with half of the key, multiplied to 128 bits and folded (the step that wyhash and its kin are made of).
/// </summary>
internal readonly struct FingerprintKey
{
    private readonly ulong first;
    private readonly ulong second;
    private readonly int secondWord;

    private FingerprintKey(ulong first, ulong second, int windowLength)
    {
        this.first = first;
        this.second = second;
        secondWord = windowLength - sizeof(ulong);
    }

    /// <summary>A new key for windows of <paramref name="windowLength"/> bytes.</summary>
    internal static FingerprintKey Create(int windowLength)
    {
        Span<ulong> key = stackalloc ulong[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(key));
        return new FingerprintKey(key[0], key[1], windowLength);
    }

    /// <summary>The fingerprint of the window that begins at <paramref name="window"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Of(ref readonly byte window)
    {
        ulong a = Unsafe.ReadUnaligned<ulong>(in window), b = Unsafe.ReadUnaligned<ulong>(in Unsafe.Add(ref Unsafe.AsRef(in window), secondWord));
        ulong high = Math.BigMul(a ^ first, b ^ second, out ulong low);
        return high ^ low;
    }
}
