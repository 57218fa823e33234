using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Redactor.Scanning.Filtering.Kernels;

/// <summary>256 bits: AVX2.</summary>
internal readonly struct Lanes256 : INibbleLanes<Vector256<byte>>
{
    /// <summary>Whether this processor has AVX2.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <inheritdoc/>
    public static FilterEngine Engine => FilterEngine.Vector256;

    /// <inheritdoc/>
    public static int Width => Vector256<byte>.Count;

    /// <inheritdoc/>
    public static Vector256<byte> Table(ReadOnlySpan<byte> entries) => Vector256.Create(Vector128.Create(entries));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Lookup(Vector256<byte> table, Vector256<byte> indices) => Avx2.Shuffle(table, indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<byte> Low, Vector256<byte> High) LoadBits(ref readonly byte text, nuint at, byte mask)
    {
        Vector256<byte> bytes = Vector256.LoadUnsafe(in text, at);
        return (bytes & Vector256.Create(mask), (bytes.AsUInt16() >>> 3).AsByte() & Vector256.Create((byte)0x0F));
    }

    /// <inheritdoc/>
    public static Vector256<byte> And(Vector256<byte> a, Vector256<byte> b) => a & b;

    /// <inheritdoc/>
    public static Vector256<byte> Or(Vector256<byte> a, Vector256<byte> b) => a | b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NonZero(Vector256<byte> bytes) => ~Vector256.Equals(bytes, Vector256<byte>.Zero).ExtractMostSignificantBits();
}
