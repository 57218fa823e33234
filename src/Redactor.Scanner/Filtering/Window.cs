namespace Redactor.Scanning.Filtering;

/// <summary>
/// Where the filter looks for an atom: up to four of its positions in a row, and the bucket that they are looked up in together with other atoms'.
/// Positions behind the end of an atom that is shorter admit every byte.
/// </summary>
/// <param name="Atom">The atom.</param>
/// <param name="Index">The atom's index.</param>
/// <param name="Offset">How many bytes the window starts behind the atom.</param>
/// <param name="Bucket">0 to <see cref="Buckets"/> - 1.</param>
internal readonly record struct Window(Atom Atom, int Index, int Offset, int Bucket)
{
    /// <summary>Positions of a window. With three, ten times as many places of a text pass; a fifth costs more registers than there are.</summary>
    public const int Length = 4;

    /// <summary>Buckets: two groups of eight, one bit of a byte each. With 24 the tables no longer fit the registers.</summary>
    public const int Buckets = 16;

    /// <summary>Which bytes the atom admits at a position of the window.</summary>
    public ByteSet this[int position] => Offset + position < Atom.Length ? Atom.Sets[Offset + position] : ByteSet.All;
}
