using System.Text;

namespace Redactor.Scanning.Expressions;

/// <summary>
/// Reads RE2 syntax (https://github.com/google/re2/wiki/Syntax) and, beyond it, the flag <c>x</c>. Classes, <c>\b</c> and <c>(?i)</c> are
/// ASCII. What a linear-time automaton can't do (look-around, backreferences) is refused with its position and the reason.
/// </summary>
internal sealed partial class ExpressionParser
{
    private readonly string pattern;
    private int position;
    private int groups;
    private int depth;
    private Flags flags;

    private ExpressionParser(string pattern) => this.pattern = pattern;

    [Flags]
    private enum Flags
    {
        None = 0,
        IgnoreCase = 1,
        Multiline = 2,
        DotAll = 4,
        Ungreedy = 8,
        Extended = 16,
    }

    private bool AtEnd => position >= pattern.Length;

    /// <summary>Parses <paramref name="pattern"/>.</summary>
    /// <exception cref="ExpressionException">It is refused.</exception>
    internal static Node Parse(string pattern)
    {
        var parser = new ExpressionParser(pattern);
        Node node = parser.ParseAlternation();
        return parser.AtEnd ? node : throw new ExpressionException(parser.position, "')' closes no group; write \\) for the character");
    }

    private Node ParseAlternation()
    {
        var branches = new List<Node>();
        do
        {
            branches.Add(ParseSequence());
        }
        while (TryTake('|'));
        return branches.Count == 1 ? branches[0] : new Node.Alternate(branches);
    }

    private Node ParseSequence()
    {
        var items = new List<Node>();
        while (true)
        {
            SkipExtended();
            if (AtEnd || pattern[position] is '|' or ')')
            {
                return items.Count == 1 ? items[0] : new Node.Concat(items);
            }

            int start = position;
            if (pattern[position] is '*' or '+' or '?')
            {
                throw new ExpressionException(start, $"nothing to repeat before '{pattern[start]}'; write \\{pattern[start]} for the character");
            }

            if (TryTakeQuoted(items))
            {
                continue;
            }

            Node? atom = ParseAtom();
            if (atom is not null)
            {
                items.Add(ParseRepeats(atom, start));
            }
        }
    }

    /// <summary><c>\Q...\E</c>: every character stands for itself.</summary>
    private bool TryTakeQuoted(List<Node> items)
    {
        if (!TryTake("\\Q"))
        {
            return false;
        }

        while (!AtEnd && !TryTake("\\E"))
        {
            items.Add(Literal(TakeRune()));
        }

        return true;
    }

    private Node? ParseAtom()
    {
        switch (pattern[position])
        {
            case '(':
                return ParseGroup();
            case '[':
                return new ClassParser(pattern, position, flags.HasFlag(Flags.IgnoreCase)).Parse(out position);
            case '.':
                position++;
                return (flags.HasFlag(Flags.DotAll) ? CharClass.Of((0, CharClass.MaxRune)) : CharClass.Of(('\n', '\n')).Complement()).ToNode();
            case '^':
                position++;
                return new Node.Assert(flags.HasFlag(Flags.Multiline) ? AssertKind.LineStart : AssertKind.UnitStart);
            case '$':
                position++;
                return new Node.Assert(flags.HasFlag(Flags.Multiline) ? AssertKind.LineEnd : AssertKind.UnitEnd);
            case '\\':
                return ParseEscape();
            default:
                return Literal(TakeRune());
        }
    }

    private Node ParseEscape()
    {
        if (position + 1 >= pattern.Length)
        {
            throw new ExpressionException(position, "the pattern ends in a lone '\\'; write \\\\ for the character");
        }

        AssertKind? assert = pattern[position + 1] switch
        {
            'A' => AssertKind.UnitStart,
            'z' => AssertKind.UnitEnd,
            'b' => AssertKind.WordBoundary,
            'B' => AssertKind.NotWordBoundary,
            _ => null,
        };
        if (assert is { } kind)
        {
            position += 2;
            return new Node.Assert(kind);
        }

        if (pattern[position + 1] == 'C')
        {
            position += 2;
            return new Node.Bytes(ByteSet.All);
        }

        if (ClassEscapes.TryTake(pattern, ref position, out CharClass? set))
        {
            return (flags.HasFlag(Flags.IgnoreCase) ? set.FoldAscii() : set).ToNode();
        }

        return Literal(ClassEscapes.TakeCharacter(pattern, ref position));
    }

    private void SkipExtended()
    {
        while (flags.HasFlag(Flags.Extended) && !AtEnd)
        {
            if (char.IsWhiteSpace(pattern[position]))
            {
                position++;
            }
            else if (pattern[position] == '#')
            {
                int end = pattern.IndexOf('\n', position);
                position = end < 0 ? pattern.Length : end + 1;
            }
            else
            {
                return;
            }
        }
    }

    private Node Literal(Rune rune)
    {
        if (rune.IsAscii)
        {
            char c = (char)rune.Value;
            return new Node.Bytes(flags.HasFlag(Flags.IgnoreCase) ? ByteSet.Of((byte)char.ToLowerInvariant(c)) | ByteSet.Of((byte)char.ToUpperInvariant(c)) : ByteSet.Of((byte)c));
        }

        return CharClass.Of((rune.Value, rune.Value)).ToNode();
    }

    private Rune TakeRune() => ClassEscapes.TakeRune(pattern, ref position);

    private bool TryTake(char c)
    {
        if (AtEnd || pattern[position] != c)
        {
            return false;
        }

        position++;
        return true;
    }

    private bool TryTake(string text)
    {
        if (!pattern.AsSpan(position).StartsWith(text, StringComparison.Ordinal))
        {
            return false;
        }

        position += text.Length;
        return true;
    }
}
