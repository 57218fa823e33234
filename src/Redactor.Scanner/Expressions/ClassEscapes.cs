using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Redactor.Scanning.Expressions;

/// <summary>The escapes that mean the same inside and outside brackets: classes (<c>\d \pL</c>) and single characters (<c>\n \x{1F600} \.</c>).</summary>
internal static class ClassEscapes
{
    internal static bool TryTake(string pattern, ref int position, [NotNullWhen(true)] out CharClass? set)
    {
        set = null;
        if (position + 1 >= pattern.Length || pattern[position] != '\\')
        {
            return false;
        }

        char letter = pattern[position + 1];
        if (letter is 'p' or 'P')
        {
            set = TakeUnicode(pattern, ref position);
            return true;
        }

        CharClass? perl = CharClass.Perl(char.ToLowerInvariant(letter));
        if (perl is null)
        {
            return false;
        }

        position += 2;
        set = char.IsUpper(letter) ? perl.Complement() : perl;
        return true;
    }

    private static CharClass TakeUnicode(string pattern, ref int position)
    {
        int start = position;
        bool negated = pattern[position + 1] == 'P';
        int end = position + 3;
        string name = end <= pattern.Length ? pattern[(position + 2)..end] : "";
        if (name == "{")
        {
            int close = pattern.IndexOf('}', end);
            end = close < 0 ? throw new ExpressionException(start, "\\p{ is never closed") : close + 1;
            name = pattern[(position + 3)..close];
        }

        if (name.StartsWith('^'))
        {
            negated = !negated;
            name = name[1..];
        }

        CharClass set = CharClass.Unicode(name) ?? throw new ExpressionException(
            start, $"unknown class \\p{{{name}}}; general categories such as L, Lu, Nd and P are known, scripts are not: write the range, [\\x{{400}}-\\x{{4FF}}]");
        position = end;
        return negated ? set.Complement() : set;
    }

    /// <summary>Takes one character, escaped or not.</summary>
    internal static Rune TakeCharacter(string pattern, ref int position)
    {
        if (pattern[position] != '\\')
        {
            return TakeRune(pattern, ref position);
        }

        int start = position++;
        if (position >= pattern.Length)
        {
            throw new ExpressionException(start, "the pattern ends in a lone '\\'; write \\\\ for the character");
        }

        char c = pattern[position];
        switch (c)
        {
            case 'a':
                return Simple(ref position, '\a');
            case 'f':
                return Simple(ref position, '\f');
            case 't':
                return Simple(ref position, '\t');
            case 'n':
                return Simple(ref position, '\n');
            case 'r':
                return Simple(ref position, '\r');
            case 'v':
                return Simple(ref position, '\v');
            case 'x':
                return TakeHex(pattern, start, ref position);
            case '0':
                return TakeOctal(pattern, ref position);
            case >= '1' and <= '7' when position + 1 < pattern.Length && pattern[position + 1] is >= '0' and <= '7':
                return TakeOctal(pattern, ref position);
            case >= '1' and <= '9':
                throw new ExpressionException(start, "backreferences are not supported: they can't be answered in linear time");
        }

        if (char.IsAsciiLetterOrDigit(c) || c > 0x7F)
        {
            throw new ExpressionException(start, $"unknown escape \\{c}; only punctuation is escaped without meaning");
        }

        return Simple(ref position, c);

        static Rune Simple(ref int position, char value)
        {
            position++;
            return new Rune(value);
        }
    }

    internal static Rune TakeRune(string pattern, ref int position)
    {
        if (!Rune.TryGetRuneAt(pattern, position, out Rune rune))
        {
            throw new ExpressionException(position, "half of a surrogate pair");
        }

        position += rune.Utf16SequenceLength;
        return rune;
    }

    private static Rune TakeHex(string pattern, int start, ref int position)
    {
        position++;
        string digits = "";
        if (position < pattern.Length && pattern[position] == '{')
        {
            int close = pattern.IndexOf('}', position);
            digits = close < 0 ? "" : pattern[(position + 1)..close];
            position = close + 1;
        }
        else if (position + 2 <= pattern.Length)
        {
            digits = pattern[position..(position + 2)];
            position += 2;
        }

        if (digits.Length is 0 or > 6 || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) || !Rune.IsValid(value))
        {
            throw new ExpressionException(start, "\\x takes two hex digits, \\x7F, or a code point in braces, \\x{10FFFF}");
        }

        return new Rune(value);
    }

    private static Rune TakeOctal(string pattern, ref int position)
    {
        int value = 0;
        for (int i = 0; i < 3 && position < pattern.Length && pattern[position] is >= '0' and <= '7'; i++)
        {
            value = (value * 8) + (pattern[position++] - '0');
        }

        return new Rune(value);
    }
}
