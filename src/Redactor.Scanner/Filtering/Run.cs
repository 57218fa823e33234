namespace Redactor.Scanning.Filtering;

/// <summary>The longest stretch of one ASCII set in an atom: all of nine digits, the last 20 of <c>.[a-z0-9]{20}</c>.</summary>
/// <param name="Atom">The atom.</param>
/// <param name="Index">The atom's index.</param>
/// <param name="Start">Where in the atom the stretch starts.</param>
/// <param name="Length">How long it is; 0 if no position of the atom is ASCII alone.</param>
internal readonly record struct Run(Atom Atom, int Index, int Start, int Length)
{
    /// <summary>The set.</summary>
    public ByteSet Set => Atom.Sets[Start];

    /// <summary>Whether the stretch is all there is of the atom.</summary>
    public bool IsWhole => Length == Atom.Length;

    /// <summary>Finds the stretch; of equally long ones the first.</summary>
    public static Run In(Atom atom, int index)
    {
        Run longest = new(atom, index, 0, 0);
        for (int start = 0, end; start < atom.Length; start = end)
        {
            for (end = start + 1; end < atom.Length && atom.Sets[end] == atom.Sets[start]; end++)
            {
            }

            if (end - start > longest.Length && (atom.Sets[start] & ByteSet.Range(0x80, 0xFF)).IsEmpty)
            {
                longest = new Run(atom, index, start, end - start);
            }
        }

        return longest;
    }
}
