namespace Redactor.Scanning.Filtering;

/// <summary>
/// The scanner's first stage: finds every occurrence of many atoms in one pass over the text.
/// Immutable and safe to share between threads; finding allocates nothing.
/// </summary>
internal abstract class Filter
{
    /// <summary>The engine that runs; never <see cref="FilterEngine.Auto"/>.</summary>
    public abstract FilterEngine Engine { get; }

    /// <summary>Builds the filter for <paramref name="atoms"/>, which are told apart by their index; no two are equal.</summary>
    /// <exception cref="PlatformNotSupportedException">This processor lacks what <paramref name="engine"/> needs.</exception>
    public static Filter Create(IReadOnlyList<Atom> atoms, FilterEngine engine = FilterEngine.Auto)
    {
        _ = engine;
        return new NaiveFilter(atoms);
    }

    /// <summary>
    /// Appends every occurrence of every atom in <paramref name="text"/> to <paramref name="candidates"/>: the offset of its first byte
    /// and the atom's index, ascending by offset, then by index. Every engine gives the same answer.
    /// </summary>
    public abstract void Find(ReadOnlySpan<byte> text, CandidateList candidates);
}
