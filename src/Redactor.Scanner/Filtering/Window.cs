namespace Redactor.Scanning.Filtering;

/// <summary>
/// Where the filter looks for an atom: six of its positions in a row, or four, and the bucket that they are looked up in together with other atoms'.
/// Positions behind the end of an atom that is shorter admit every byte.
/// </summary>
/// <param name="Atom">The atom.</param>
/// <param name="Index">The atom's index.</param>
/// <param name="Offset">How many bytes the window starts behind the atom.</param>
/// <param name="Bucket">0 to <see cref="MaxBuckets"/> - 1.</param>
internal readonly record struct Window(Atom Atom, int Index, int Offset, int Bucket)
{
    /// <summary>Positions of a long window. Each costs a lookup a byte and group of buckets.</summary>
    public const int Long = 6;

    /// <summary>Positions of a short one.</summary>
    public const int Short = 4;

    /// <summary>The most buckets: four groups of eight, one bit of a byte each. Groups are looked up in pairs.</summary>
    public const int MaxBuckets = 32;

    /// <summary>From so many windows on all buckets are worth what looking them up costs.</summary>
    private const int ManyWindows = 320;

    /// <summary>How many buckets <paramref name="windows"/> windows are dealt out to.</summary>
    public static int BucketsFor(int windows) => windows < ManyWindows ? MaxBuckets / 2 : MaxBuckets;

    /// <summary>Where a window of an atom that is <paramref name="length"/> bytes long may start.</summary>
    public static IEnumerable<int> Offsets(int length) => Enumerable.Range(0, Math.Max(1, length - Short + 1));

    /// <summary>Which bytes the atom admits at a position of the window.</summary>
    public ByteSet this[int position] => Offset + position < Atom.Length ? Atom.Sets[Offset + position] : ByteSet.All;
}
