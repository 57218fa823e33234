using System.Text;

namespace Redactor.Scanning.Tests.Differential;

/// <summary>Writes a <see cref="Piece"/> in RE2 syntax, which is the scanner's.</summary>
internal static class Re2Writer
{
    /// <summary>
    /// Whether RE2 is a judge of <paramref name="piece"/>. It is wrong about two things (Perl, Python and .NET agree with the scanner there): it loses the flag of a branch
    /// when it draws out what branches share (<c>a|(?i:a)</c> does not match <c>A</c>), and the preference for an empty turn where one loop stands in
    /// another (<c>(?:(?:|1)*)+?</c> takes a <c>1</c>).
    /// </summary>
    internal static bool CanWrite(Piece piece) =>
        !piece.All.Any(p => p is Piece.Choice && p.All.Any(inside => inside is Piece.Flagged { Flag: 'i' }))
        && !piece.All.Any(p => p is Piece.Repeat { Max: < 0, Item: var item } && item.All.Any(inside => inside is Piece.Repeat { Max: < 0, Item.CanBeEmpty: true }));

    internal static string Write(Piece piece) => piece switch
    {
        Piece.Literal l => Escape(l.Rune),
        Piece.Set s => s.Source,
        Piece.Any => ".",
        Piece.Condition c => c.Source,
        Piece.Sequence s => string.Concat(s.Items.Select(i => i is Piece.Choice ? $"(?:{Write(i)})" : Write(i))),
        Piece.Choice c => string.Join('|', c.Items.Select(Write)),
        Piece.Repeat r => $"(?:{Write(r.Item)}){Count(r)}",
        Piece.Capture c => $"({Write(c.Item)})",
        Piece.Flagged f => $"(?{(f.On ? "" : "-")}{f.Flag}:{Write(f.Item)})",
        _ => throw new ArgumentException(piece.ToString(), nameof(piece)),
    };

    internal static string Count(Piece.Repeat r) => (r.Min, r.Max) switch
    {
        (0, -1) => "*",
        (1, -1) => "+",
        (0, 1) => "?",
        (_, -1) => $"{{{r.Min},}}",
        _ => r.Min == r.Max ? $"{{{r.Min}}}" : $"{{{r.Min},{r.Max}}}",
    } + (r.Lazy ? "?" : "");

    private static string Escape(int rune) => rune switch
    {
        < 0x20 or 0x7F => $"\\x{rune:x2}",
        < 0x80 when !char.IsAsciiLetterOrDigit((char)rune) => "\\" + (char)rune,
        _ => new Rune(rune).ToString(),
    };
}
