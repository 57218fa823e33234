using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Redactor.Scanning.Filtering;

/// <summary>A window, by number, and what eight bytes of it read under a mask: most of what is no atom ends at that, before all of it is compared.</summary>
internal readonly record struct WindowEntry(ulong Mask, ulong Value, int Number)
{
    /// <summary>The entry for eight bytes from <paramref name="offset"/> of <paramref name="atom"/> on, which may lie before or behind it in part: any byte can stand there.</summary>
    public static WindowEntry Of(Atom atom, int offset, int number)
    {
        ulong mask = 0, value = 0;
        for (int position = Math.Max(0, -offset); position < sizeof(ulong) && offset + position < atom.Length; position++)
        {
            (byte bits, byte common) = atom.Sets[offset + position].CommonBits();
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
