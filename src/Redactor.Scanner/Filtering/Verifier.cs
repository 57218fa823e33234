using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Tells whether an atom really is where its window may be. Immutable.
/// </summary>
/// <remarks>
/// All 32 bytes are compared at once under a mask. A position's mask has the bits that all of its bytes have in common: none for any byte,
/// all but the case bit for a letter of either case, the upper four for a digit. Where that says more than the set does (a digit's also lets
/// <c>:</c> to <c>?</c> through), the set itself is asked afterwards, and only where everything else fits.
/// </remarks>
internal sealed class Verifier
{
    private readonly Entry[] entries;

    /// <summary>Creates the table; an entry's number is its place in <paramref name="windows"/>.</summary>
    public Verifier(IEnumerable<Window> windows) => entries = [.. windows.Select(window => new Entry(window))];

    /// <summary>
    /// Where the atom of window <paramref name="number"/> starts if its window is at <paramref name="position"/> of a text of
    /// <paramref name="length"/> bytes, or -1 if it is not there. Reads up to 32 bytes behind the atom's first.
    /// </summary>
    /// <param name="number">The window's number.</param>
    /// <param name="window">The byte at <paramref name="position"/>.</param>
    /// <param name="position">Where the window may be.</param>
    /// <param name="length">Length of the whole text.</param>
    /// <param name="atom">The atom's index.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Match(int number, ref readonly byte window, int position, int length, out int atom)
    {
        ref readonly Entry entry = ref entries[number];
        atom = entry.Atom;
        int start = position - entry.Offset;
        if (start < 0 || start + entry.Length > length)
        {
            return -1;
        }

        ref byte first = ref Unsafe.Subtract(ref Unsafe.AsRef(in window), entry.Offset);
        if ((Vector256.LoadUnsafe(ref first) & entry.Mask) != entry.Value)
        {
            return -1;
        }

        return entry.Classes.Length == 0 || entry.ClassesFit(ref first) ? start : -1;
    }

    private readonly struct Entry
    {
        public readonly Vector256<byte> Mask, Value;
        public readonly (int Position, ByteSet Set)[] Classes;
        public readonly int Atom, Offset, Length;

        public Entry(Window window)
        {
            (Atom, Offset, Length) = (window.Index, window.Offset, window.Atom.Length);
            Span<byte> mask = stackalloc byte[32], value = stackalloc byte[32];
            mask.Clear();
            value.Clear();
            List<(int, ByteSet)> classes = [];
            for (int position = 0; position < Length; position++)
            {
                ByteSet set = window.Atom.Sets[position];
                int ones = 0xFF, zeros = 0xFF;
                foreach (byte member in set.Bytes())
                {
                    ones &= member;
                    zeros &= ~member;
                }

                value[position] = (byte)ones;
                mask[position] = (byte)(ones | zeros);
                if (set.Count != 1 << (8 - byte.PopCount(mask[position])))
                {
                    classes.Add((position, set));
                }
            }

            Mask = Vector256.Create<byte>(mask);
            Value = Vector256.Create<byte>(value);
            Classes = [.. classes];
        }

        public bool ClassesFit(ref byte first)
        {
            foreach ((int position, ByteSet set) in Classes)
            {
                if (!set.Contains(Unsafe.Add(ref first, position)))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
