using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Redactor.Scanning.Filtering;

/// <summary>A window, by number, and what the eight bytes from its start on read under a mask: most of what is no atom ends at that, before all of it is compared.</summary>
internal readonly record struct WindowEntry(ulong Mask, ulong Value, int Number)
{
    /// <summary>The entry for <paramref name="window"/>.</summary>
    public static WindowEntry Of(Window window, int number)
    {
        ulong mask = 0, value = 0;
        for (int position = 0; position < sizeof(ulong) && window.Offset + position < window.Atom.Length; position++)
        {
            (byte bits, byte common) = window[position].CommonBits();
            mask |= (ulong)bits << (8 * position);
            value |= (ulong)common << (8 * position);
        }

        return new WindowEntry(mask, value, number);
    }

    /// <summary>The eight bytes at <paramref name="position"/>, the first of them in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(ref readonly byte block, int position)
    {
        ulong next = Unsafe.ReadUnaligned<ulong>(in Unsafe.Add(ref Unsafe.AsRef(in block), position));
        return BitConverter.IsLittleEndian ? next : BinaryPrimitives.ReverseEndianness(next);
    }

    /// <summary>Whether the window may be where the text reads <paramref name="next"/>.</summary>
    public bool Fits(ulong next) => (next & Mask) == Value;
}
