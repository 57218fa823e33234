using Redactor.Scanning.Filtering;

namespace Redactor.Scanning.Tests.Filtering;

/// <summary>Tries every atom at every byte: what the engines are compared with.</summary>
internal static class NaiveFilter
{
    public static List<Candidate> Find(IReadOnlyList<Atom> atoms, ReadOnlySpan<byte> text)
    {
        List<Candidate> found = [];
        for (int position = 0; position < text.Length; position++)
        {
            for (int atom = 0; atom < atoms.Count; atom++)
            {
                if (atoms[atom].IsAt(text, position))
                {
                    found.Add(new Candidate(position, atom));
                }
            }
        }

        return found;
    }
}
