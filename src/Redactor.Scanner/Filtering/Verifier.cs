using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private readonly SetTable sets = new();

    /// <summary>Creates the table; an entry's number is its place in <paramref name="windows"/>.</summary>
    public Verifier(IEnumerable<Window> windows) => entries = [.. windows.Select(window => new Entry(window, sets))];

    /// <summary>
    /// Reports the atom of window <paramref name="number"/> if its window is at <paramref name="position"/> of the block that starts at
    /// <paramref name="start"/> of the text. Reads up to 32 bytes from the atom's first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Report(int number, ref readonly byte block, int position, int start, Pass pass)
    {
        ref readonly Entry entry = ref entries[number];
        int inBlock = position - entry.Offset, inText = start + inBlock;
        if (inText < 0 || inText + entry.Length > pass.TextLength)
        {
            return;
        }

        ref byte first = ref Unsafe.Add(ref Unsafe.AsRef(in block), inBlock);
        if ((Vector256.LoadUnsafe(ref first) & entry.Mask) == entry.Value && sets.Admit(entry.Classes, ref first) && (!entry.AtWordStart || MayStartWord(ref first, inText, pass.OneUnit)))
        {
            pass.Report(inText, entry.Atom);
        }
    }

    private static bool MayStartWord(ref byte first, int inText, bool oneUnit)
    {
        int before = Math.Min(inText, oneUnit ? 1 : WordStart.Lookbehind);
        return WordStart.MayBeAt(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Subtract(ref first, before), before), before);
    }

    private readonly struct Entry
    {
        public readonly Vector256<byte> Mask, Value;
        public readonly ushort[] Classes;
        public readonly int Atom, Offset, Length;
        public readonly bool AtWordStart;

        public Entry(Window window, SetTable sets)
        {
            (Atom, Offset, Length, AtWordStart) = (window.Index, window.Offset, window.Atom.Length, window.Atom.AtWordStart);
            Span<byte> mask = stackalloc byte[32], value = stackalloc byte[32];
            mask.Clear();
            value.Clear();
            List<ushort> classes = [];

            // From the end: what looks like an atom most often breaks off before it.
            for (int position = Length - 1; position >= 0; position--)
            {
                ByteSet set = window.Atom.Sets[position];
                (mask[position], value[position]) = set.CommonBits();
                if (set.Count != 1 << (8 - byte.PopCount(mask[position])))
                {
                    classes.Add(sets.Test(set, position));
                }
            }

            Mask = Vector256.Create<byte>(mask);
            Value = Vector256.Create<byte>(value);
            Classes = [.. classes];
        }
    }
}
