using System.Text;

namespace Redactor.Scanning.Expressions;

/// <summary>Reads one bracket expression, <c>[^a-z\d[:punct:]]</c>.</summary>
internal sealed class ClassParser(string pattern, int start, bool ignoreCase)
{
    private int position = start + 1;

    internal Node Parse(out int end)
    {
        bool negated = position < pattern.Length && pattern[position] == '^';
        if (negated)
        {
            position++;
        }

        var set = new CharClass();
        bool first = true;
        while (true)
        {
            if (position >= pattern.Length)
            {
                throw new ExpressionException(start, "this '[' is never closed; write \\[ for the character");
            }

            if (pattern[position] == ']' && !first)
            {
                break;
            }

            first = false;
            if (!TryTakePosix(set) && !TryTakeEscapedClass(set))
            {
                TakeRange(set);
            }
        }

        end = position + 1;
        set = ignoreCase ? set.FoldAscii() : set;
        return (negated ? set.Complement() : set).ToNode();
    }

    private bool TryTakePosix(CharClass set)
    {
        int close = pattern.AsSpan(position).StartsWith("[:") ? pattern.IndexOf(":]", position + 2, StringComparison.Ordinal) : -1;
        if (close < 0)
        {
            return false;
        }

        string name = pattern[(position + 2)..close];
        bool negated = name.StartsWith('^');
        CharClass posix = CharClass.Posix(negated ? name[1..] : name) ?? throw new ExpressionException(
            position, $"unknown class [:{name}:]; there are alnum, alpha, ascii, blank, cntrl, digit, graph, lower, print, punct, space, upper, word and xdigit");
        set.Add(negated ? posix.Complement() : posix);
        position = close + 2;
        return true;
    }

    private bool TryTakeEscapedClass(CharClass set)
    {
        if (!ClassEscapes.TryTake(pattern, ref position, out CharClass? escaped))
        {
            return false;
        }

        set.Add(escaped);
        return true;
    }

    private void TakeRange(CharClass set)
    {
        int at = position;
        Rune first = ClassEscapes.TakeCharacter(pattern, ref position);
        Rune last = first;
        bool range = position + 1 < pattern.Length && pattern[position] == '-' && pattern[position + 1] != ']';
        if (range)
        {
            position++;
            int lastAt = position;
            if (ClassEscapes.TryTake(pattern, ref lastAt, out _))
            {
                throw new ExpressionException(at, "a class can't end a range; put the '-' last in the brackets");
            }

            last = ClassEscapes.TakeCharacter(pattern, ref position);
        }

        if (last < first)
        {
            throw new ExpressionException(at, $"the range runs backwards; write {last}-{first}");
        }

        set.Add(first.Value, last.Value);
    }
}
