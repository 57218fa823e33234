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
                if (IsAt(atoms[atom], text, position))
                {
                    found.Add(new Candidate(position, atom));
                }
            }
        }

        return found;
    }

    /// <summary>Whether <paramref name="atom"/> is at <paramref name="position"/>.</summary>
    public static bool IsAt(Atom atom, ReadOnlySpan<byte> text, int position)
    {
        if (text.Length - position < atom.Length || (atom.AtWordStart && !WordStart.MayBeAt(text, position)))
        {
            return false;
        }

        for (int i = 0; i < atom.Length; i++)
        {
            if (!atom.Sets[i].Contains(text[position + i]))
            {
                return false;
            }
        }

        return true;
    }
}
