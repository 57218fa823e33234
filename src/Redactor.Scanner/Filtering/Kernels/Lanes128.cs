using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Redactor.Scanning.Filtering.Kernels;

/// <summary>128 bits: SSSE3 and NEON.</summary>
internal readonly struct Lanes128 : INibbleLanes<Vector128<byte>>
{
    /// <summary>Whether this processor looks up 16 entries at once.</summary>
    public static bool IsSupported => Ssse3.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <inheritdoc/>
    public static FilterEngine Engine => FilterEngine.Vector128;

    /// <inheritdoc/>
    public static int Width => Vector128<byte>.Count;

    /// <inheritdoc/>
    public static Vector128<byte> Table(ReadOnlySpan<byte> entries) => Vector128.Create(entries);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Lookup(Vector128<byte> table, Vector128<byte> indices) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(table, indices) : AdvSimd.Arm64.VectorTableLookup(table, indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<byte> Low, Vector128<byte> High) LoadBits(ref readonly byte text, nuint at, byte mask)
    {
        Vector128<byte> bytes = Vector128.LoadUnsafe(in text, at);
        return (bytes & Vector128.Create(mask), (bytes.AsUInt16() >>> 3).AsByte() & Vector128.Create((byte)0x0F));
    }

    /// <inheritdoc/>
    public static Vector128<byte> And(Vector128<byte> a, Vector128<byte> b) => a & b;

    /// <inheritdoc/>
    public static Vector128<byte> Or(Vector128<byte> a, Vector128<byte> b) => a | b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NonZero(Vector128<byte> bytes) => (ushort)~Vector128.Equals(bytes, Vector128<byte>.Zero).ExtractMostSignificantBits();
}
