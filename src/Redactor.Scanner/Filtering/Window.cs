namespace Redactor.Scanning.Filtering;

/// <summary>
/// Where the filter looks for an atom: up to six of its positions in a row, and the bucket that they are looked up in together with other atoms'.
/// Positions behind the end of an atom that is shorter admit every byte.
/// </summary>
/// <param name="Atom">The atom.</param>
/// <param name="Index">The atom's index.</param>
/// <param name="Offset">How many bytes the window starts behind the atom.</param>
/// <param name="Bucket">0 to <see cref="Buckets"/> - 1.</param>
internal readonly record struct Window(Atom Atom, int Index, int Offset, int Bucket)
{
    /// <summary>Positions of a window. Each costs a lookup a byte and group of buckets.</summary>
    public const int Length = 6;

    /// <summary>The positions, first ones of a window, whose texts are told apart once it is marked: as many as fit a 32-bit word.</summary>
    public const int KeyLength = 4;

    /// <summary>Groups of eight buckets, one bit of a byte each; an even number, as they are looked up in pairs.</summary>
    public const int Groups = 4;

    /// <summary>Buckets.</summary>
    public const int Buckets = 8 * Groups;

    /// <summary>Where a window of an atom that is <paramref name="length"/> bytes long may start.</summary>
    public static IEnumerable<int> Offsets(int length) => Enumerable.Range(0, Math.Max(1, length - KeyLength + 1));

    /// <summary>Which bytes the atom admits at a position of the window.</summary>
    public ByteSet this[int position] => Offset + position < Atom.Length ? Atom.Sets[Offset + position] : ByteSet.All;
}
