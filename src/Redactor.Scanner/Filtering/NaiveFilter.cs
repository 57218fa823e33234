namespace Redactor.Scanning.Filtering;

/// <summary>Tries every atom at every byte.</summary>
internal sealed class NaiveFilter(IReadOnlyList<Atom> atoms) : Filter
{
    /// <inheritdoc/>
    public override FilterEngine Engine => FilterEngine.Scalar;

    /// <inheritdoc/>
    public override void Find(ReadOnlySpan<byte> text, CandidateList candidates)
    {
        for (int position = 0; position < text.Length; position++)
        {
            for (int atom = 0; atom < atoms.Count; atom++)
            {
                if (atoms[atom].IsAt(text[position..]))
                {
                    candidates.Add(position, atom);
                }
            }
        }
    }
}
