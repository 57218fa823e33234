using System.Numerics;
using System.Runtime.Intrinsics;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Atoms that are runs of one set (nine digits, 24 base64 characters), found together by the bitmap of the set's members. Immutable.
/// </summary>
/// <remarks>
/// Anding a bitmap with itself shifted down by one leaves the starts of runs of 2; that one with itself shifted by two, runs of 4; and so on
/// until the shortest atom's length. The text <c>a1234b</c> with digits as members and a length of 3, first byte left:
/// <code>
/// members       0 1 1 1 1 0
/// &amp; shifted by 1 0 1 1 1 0 0     starts of 2
/// &amp; shifted by 1 0 1 1 0 0 0     starts of 3
/// </code>
/// Longer atoms need no bitmap of their own: two starts of 3 in a row are a start of 4.
/// </remarks>
internal sealed class RunClass
{
    /// <summary>Shorter runs are too common for this, and short enough to be looked for like words.</summary>
    public const int MinLength = 8;

    /// <summary>How many classes a filter has at most; atoms of further ones are looked for like words.</summary>
    public const int MaxClasses = 8;

    private readonly (int Longer, int Atom)[] atoms;

    /// <summary>Creates the class of the runs in <paramref name="atoms"/>, all of one set.</summary>
    public RunClass(IReadOnlyCollection<(Atom Atom, int Index)> atoms)
    {
        Set = new AsciiSet(atoms.First().Atom.Sets[0]);
        Shortest = atoms.Min(a => a.Atom.Length);
        this.atoms = [.. atoms.Select(a => (a.Atom.Length - Shortest, a.Index))];
    }

    /// <summary>The members.</summary>
    public AsciiSet Set { get; }

    /// <summary>Length of the shortest atom.</summary>
    public int Shortest { get; }

    /// <summary>Whether <paramref name="atom"/> can be found this way.</summary>
    public static bool Suits(Atom atom) =>
        atom.Length >= MinLength && AsciiSet.IsAscii(atom.Sets[0]) && atom.Sets.All(set => set == atom.Sets[0]);

    /// <summary>
    /// Turns members into starts of the shortest run, in place. The last word only looks ahead for the one before it; its own bits become
    /// meaningless in the places that would need a further one.
    /// </summary>
    public void KeepStarts(Span<ulong> bits)
    {
        int word = 0;
        for (; word + Vector256<ulong>.Count < bits.Length; word += Vector256<ulong>.Count)
        {
            Vector256<ulong> now = Vector256.Create<ulong>(bits[word..]), next = Vector256.Create<ulong>(bits[(word + 1)..]);
            for (int length = 1, shift; length < Shortest; length += shift)
            {
                shift = Math.Min(length, Shortest - length);
                now &= now >>> shift | next << (64 - shift);
                next &= next >>> shift;
            }

            now.CopyTo(bits[word..]);
        }

        for (; word < bits.Length; word++)
        {
            ulong now = bits[word], next = word + 1 < bits.Length ? bits[word + 1] : 0;
            for (int length = 1, shift; length < Shortest; length += shift)
            {
                shift = Math.Min(length, Shortest - length);
                now &= now >>> shift | next << (64 - shift);
                next &= next >>> shift;
            }

            bits[word] = now;
        }
    }

    /// <summary>Reports the atoms that start at <paramref name="bit"/> of a bitmap of starts, which is <paramref name="position"/> of the text.</summary>
    public void Report(ReadOnlySpan<ulong> starts, int bit, int position, in Pass pass)
    {
        int word = bit >> 6, shift = bit & 63;
        ulong from = starts[word] >> shift | (shift == 0 ? 0 : starts[word + 1] << (64 - shift));
        if ((from & 1) == 0)
        {
            return;
        }

        int following = BitOperations.TrailingZeroCount(~from) - 1;
        foreach ((int longer, int atom) in atoms)
        {
            if (longer <= following)
            {
                pass.Report(position, atom);
            }
        }
    }
}
