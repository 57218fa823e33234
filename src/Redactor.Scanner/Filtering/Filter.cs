using System.Runtime.Intrinsics;
using Redactor.Scanning.Filtering.Kernels;

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
    public static Filter Create(IReadOnlyList<Atom> atoms, FilterEngine engine = FilterEngine.Auto) => Choose(engine) switch
    {
        FilterEngine.Vector512 => new BlockFilter<VbmiKernel>(atoms),
        FilterEngine.Vector256 => new BlockFilter<NibbleKernel<Lanes256, Vector256<byte>>>(atoms),
        FilterEngine.Vector128 => new BlockFilter<NibbleKernel<Lanes128, Vector128<byte>>>(atoms),
        _ => new BlockFilter<ScalarKernel>(atoms),
    };

    /// <summary>Whether this processor has what <paramref name="engine"/> needs.</summary>
    public static bool IsSupported(FilterEngine engine) => engine switch
    {
        FilterEngine.Vector512 => VbmiKernel.IsSupported,
        FilterEngine.Vector256 => Lanes256.IsSupported,
        FilterEngine.Vector128 => Lanes128.IsSupported,
        FilterEngine.Scalar => true,
        _ => false,
    };

    /// <summary>
    /// Which engine runs: the one that was asked for, or else the widest. 512 bits count only with VBMI, whose permute looks a whole byte up;
    /// looking a byte up by two parts costs more than twice as many instructions.
    /// </summary>
    private static FilterEngine Choose(FilterEngine engine)
    {
        if (engine == FilterEngine.Auto)
        {
            return IsSupported(FilterEngine.Vector512) ? FilterEngine.Vector512
                : IsSupported(FilterEngine.Vector256) ? FilterEngine.Vector256
                : IsSupported(FilterEngine.Vector128) ? FilterEngine.Vector128
                : FilterEngine.Scalar;
        }

        return IsSupported(engine) ? engine : throw new PlatformNotSupportedException($"This processor has no filter engine {engine}.");
    }

    /// <summary>
    /// Appends every occurrence of every atom in <paramref name="text"/> to <paramref name="candidates"/>: the offset of its first byte
    /// and the atom's index, ascending by offset, then by index. Every engine gives the same answer.
    /// </summary>
    /// <param name="text">What to look through.</param>
    /// <param name="candidates">Receives what is found.</param>
    /// <param name="oneUnit">Whether <paramref name="text"/> is one unit, or a part of one; else units may start wherever a length may stand before them (<see cref="WordStart"/>).</param>
    public void Find(ReadOnlySpan<byte> text, CandidateList candidates, bool oneUnit = false) => Find(text, 0, text.Length, candidates, oneUnit);

    /// <summary>
    /// The same a part at a time, from the first to the last: those that are found from <paramref name="from"/> on, up to about <paramref name="until"/>. They are in
    /// order among themselves, and start at most <see cref="Atom.MaxLength"/> bytes before the part.
    /// </summary>
    /// <returns>Where the next part begins; the text's length if there is none.</returns>
    public abstract int Find(ReadOnlySpan<byte> text, int from, int until, CandidateList candidates, bool oneUnit);
}
