using Redactor.Scanning.Expressions;
using Redactor.Scanning.Filtering;

namespace Redactor.Scanning.Names;

/// <summary>
/// The atoms by which the filter sees that a name might be near: a word of four letters and more, or two neighbouring words. A short lone name
/// (<c>pin</c>) is framed by what stands before a name among other units, in JSON (a quote) or in a dotted name.
/// </summary>
internal static class NameAtoms
{
    private const int LeastWord = 4;
    private static readonly ByteSet Separator = ByteSet.Of(NameKey.Separators);

    /// <summary>The atoms of which every text that names <paramref name="key"/> holds one.</summary>
    internal static IReadOnlyList<Atom> Of(NameKey key)
    {
        var choices = new List<IReadOnlyList<ByteSet[]>>();
        for (int i = 0; i < key.Words.Count; i++)
        {
            if (key.Words[i].Length >= LeastWord)
            {
                choices.Add([Fold(key.Words[i])]);
            }

            if (i + 1 < key.Words.Count)
            {
                choices.Add([[.. Fold(key.Words[i]), .. Fold(key.Words[i + 1])], [.. Fold(key.Words[i]), Separator, .. Fold(key.Words[i + 1])]]);
            }
        }

        if (choices.Count == 0)
        {
            choices.Add(Framed(key));
        }

        return [.. choices.MinBy(Cost)!.Select(s => new Atom(s.AsSpan(0, Math.Min(s.Length, Atom.MaxLength))))];
    }

    private static double Cost(IReadOnlyList<ByteSet[]> sequences) => sequences.Sum(s => AtomCost.Of(s, NodeLength.Zero, ByteSet.Empty));

    private static IReadOnlyList<ByteSet[]> Framed(NameKey key)
    {
        ByteSet[] word = Fold(key.Words[0]);
        if (key.AnyBefore || key.AnyAfter)
        {
            return [word];
        }

        return [[ByteSet.Of("\"'./:[]") | ByteSet.Of(Scanner.UnitSeparator) | Separator, .. word]];
    }

    private static ByteSet[] Fold(string word) =>
        [.. word.Select(c => char.IsAsciiLetter(c) ? ByteSet.Of((byte)c) | ByteSet.Of((byte)char.ToUpperInvariant(c)) : ByteSet.Of((byte)c))];
}
