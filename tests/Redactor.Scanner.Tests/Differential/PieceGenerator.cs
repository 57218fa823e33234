using System.Text;

namespace Redactor.Scanning.Tests.Differential;

/// <summary>Makes up expressions, and texts that they match more often than not.</summary>
/// <remarks>
/// Letters that Unicode folds across ASCII's border (k with the Kelvin sign, s with the long s) and letters beyond ASCII that have a case are not in
/// the alphabet: under <c>(?i)</c> RE2 folds them, the scanner folds ASCII only.
/// </remarks>
internal sealed class PieceGenerator(Random random)
{
    /// <summary>What the largest of <see cref="Members"/>' classes may compile to.</summary>
    private const int MostInstructions = 64;

    private static readonly int[] Alphabet = [.. "aAbBcxX019__- \n.=:\"\0\u007f".Select(c => (int)c), 0xA0, 0xA9, 0x7FF, 0x800, 0x20AC, 0x65E5, 0xFFFD, 0x1F600, 0x10FFFF];

    private static readonly Piece.Set[] Escapes =
    [
        new("\\d", false, ('0', '9')),
        new("\\D", true, ('0', '9')),
        new("\\w", false, ('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')),
        new("\\W", true, ('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')),
        new("\\s", false, ('\t', '\n'), ('\f', '\r'), (' ', ' ')),
        new("\\S", true, ('\t', '\n'), ('\f', '\r'), (' ', ' ')),
    ];

    private static readonly (string Source, (int First, int Last)[] Ranges)[] Members =
    [
        ("a-c", [('a', 'c')]), ("a-z", [('a', 'z')]), ("A-Z", [('A', 'Z')]), ("0-9", [('0', '9')]), ("_", [('_', '_')]), ("\\-", [('-', '-')]), ("x", [('x', 'x')]),
        ("\\n", [('\n', '\n')]), ("\\x00-\\x1f", [(0, 0x1F)]), ("\\d", [('0', '9')]), ("\\w", [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        ("[:upper:]", [('A', 'Z')]), ("[:punct:]", [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]), ("€", [(0x20AC, 0x20AC)]), ("\\x{a0}-\\x{7ff}", [(0xA0, 0x7FF)]),
        ("\\x{800}-\\x{ffff}", [(0x800, 0xFFFF)]), ("日-\\x{1F600}", [(0x65E5, 0x1F600)]), ("\\x{80}-\\x{10FFFF}", [(0x80, 0x10FFFF)]), ("\\x{10000}-\\x{10FFFF}", [(0x10000, 0x10FFFF)]),
        ("!-~", [('!', '~')]), ("\\x7f-\\x{20ac}", [(0x7F, 0x20AC)]),
    ];

    /// <summary>An expression of a few levels that is not refused for its counts or its size.</summary>
    internal Piece Next()
    {
        while (true)
        {
            Piece piece = Next(depth: 4);
            if (piece.Turns <= ScanLimits.MaxRepeat && piece.Parts <= ScanLimits.MaxProgramSize / MostInstructions)
            {
                return piece;
            }
        }
    }

    private Piece Next(int depth) => random.Next(depth <= 0 ? 6 : 16) switch
    {
        0 or 1 or 2 => new Piece.Literal(Pick(Alphabet)),
        3 => random.Next(3) == 0 ? new Piece.Any() : Pick(Escapes),
        4 => Class(),
        5 => random.Next(4) == 0 ? new Piece.Condition(Pick(["^", "$", "\\A", "\\z", "\\b", "\\B", "(?m:^)", "(?m:$)"])) : new Piece.Literal(Pick(Alphabet)),
        6 or 7 or 8 or 9 => new Piece.Sequence(Several(1, 5, depth)),
        10 or 11 => new Piece.Choice(Several(2, 4, depth)),
        12 or 13 => Repeat(Next(depth - 1)),
        14 => new Piece.Capture(Next(depth - 1)),
        _ => new Piece.Flagged(Next(depth - 1), Pick(['i', 'i', 's', 'm', 'U']), random.Next(4) > 0),
    };

    /// <summary>A text of imitations of <paramref name="piece"/>, some of them damaged, and noise.</summary>
    internal byte[] Text(Piece piece, int maxChunks)
    {
        var text = new StringBuilder();
        for (int i = random.Next(maxChunks + 1); i > 0; i--)
        {
            int start = text.Length;
            switch (random.Next(4))
            {
                case 0:
                    text.Append(char.ConvertFromUtf32(Pick(Alphabet)));
                    break;
                default:
                    Imitate(piece, false, text);
                    break;
            }

            if (text.Length > start && random.Next(4) == 0)
            {
                int at = random.Next(start, text.Length);
                int length = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
                if (!char.IsLowSurrogate(text[at]))
                {
                    text.Remove(at, length);
                }
            }

            if (text.Length > 400)
            {
                break;
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Breaks some bytes, so that the text is no longer UTF-8.</summary>
    internal byte[] Damage(byte[] text)
    {
        var bytes = text.ToList();
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            byte value = Pick<byte>([0x80, 0xBF, 0xC0, 0xC2, 0xE0, 0xE2, 0xED, 0xA0, 0x9F, 0xF0, 0x90, 0xF4, 0x8F, 0xF5, 0xFF, (byte)random.Next(256)]);
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(3))
            {
                case 0 when at < bytes.Count:
                    bytes.RemoveAt(at);
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = value;
                    break;
                default:
                    bytes.Insert(at, value);
                    break;
            }
        }

        return [.. bytes];
    }

    private Piece[] Several(int least, int most, int depth) => [.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => Next(depth - 1))];

    private Piece.Repeat Repeat(Piece item)
    {
        var (min, max) = Pick<(int, int)>([(0, -1), (1, -1), (0, 1), (2, -1), (2, 2), (0, 3), (1, 2), (3, 5), (0, 0), (4, 12)]);
        return new Piece.Repeat(item, min, max, random.Next(3) == 0);
    }

    private Piece.Set Class()
    {
        var members = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(Members)).ToArray();
        bool negated = random.Next(3) == 0;
        return new Piece.Set($"[{(negated ? "^" : "")}{string.Concat(members.Select(m => m.Source))}]", negated, [.. members.SelectMany(m => m.Ranges)]);
    }

    private void Imitate(Piece piece, bool ignoreCase, StringBuilder text)
    {
        switch (piece)
        {
            case Piece.Literal l:
                bool flip = ignoreCase && l.Rune < 0x80 && char.IsAsciiLetter((char)l.Rune) && random.Next(2) == 0;
                text.Append(char.ConvertFromUtf32(flip ? l.Rune ^ 0x20 : l.Rune));
                break;
            case Piece.Set s:
                int[] fitting = [.. Alphabet.Where(r => s.Contains(r, ignoreCase))];
                if (fitting.Length > 0)
                {
                    text.Append(char.ConvertFromUtf32(Pick(fitting)));
                }

                break;
            case Piece.Any:
                text.Append(char.ConvertFromUtf32(Pick(Alphabet)));
                break;
            case Piece.Choice c:
                Imitate(Pick(c.Items), ignoreCase, text);
                break;
            case Piece.Repeat r:
                int most = r.Max < 0 ? r.Min + 3 : r.Max;
                for (int i = random.Next(r.Min, most + 1); i > 0 && text.Length < 400; i--)
                {
                    Imitate(r.Item, ignoreCase, text);
                }

                break;
            case Piece.Flagged { Flag: 'i' } f:
                Imitate(f.Item, f.On, text);
                break;
            default:
                foreach (Piece inside in piece.Inside)
                {
                    Imitate(inside, ignoreCase, text);
                }

                break;
        }
    }

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
