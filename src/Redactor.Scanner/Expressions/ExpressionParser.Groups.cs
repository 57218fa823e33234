namespace Redactor.Scanning.Expressions;

/// <summary>Groups, their names and the flags that they set.</summary>
internal sealed partial class ExpressionParser
{
    /// <summary>A group, or null for one that only sets flags.</summary>
    private Node? ParseGroup()
    {
        int start = position;
        Flags outer = flags;
        if (++depth > ScanLimits.MaxNesting)
        {
            throw new ExpressionException(start, $"groups nested deeper than {ScanLimits.MaxNesting}");
        }

        position++;
        int index = 0;
        if (TryTake("?P<") || (!LooksBehind() && TryTake("?<")))
        {
            TakeGroupName(start);
            index = ++groups;
        }
        else if (TryTake('?'))
        {
            if (!TakeFlags(start))
            {
                depth--;
                return null;
            }
        }
        else
        {
            index = ++groups;
        }

        Node item = ParseAlternation();
        if (!TryTake(')'))
        {
            throw new ExpressionException(start, "this '(' is never closed; write \\( for the character");
        }

        depth--;
        flags = outer;
        return index == 0 ? item is Node.Concat or Node.Alternate ? item : new Node.Concat([item]) : new Node.Group(item, index);
    }

    private bool LooksBehind() => pattern.AsSpan(position).StartsWith("?<=") || pattern.AsSpan(position).StartsWith("?<!");

    private void TakeGroupName(int start)
    {
        int end = pattern.IndexOf('>', position);
        if (end <= position || !pattern[position..end].All(c => c == '_' || char.IsAsciiLetterOrDigit(c)))
        {
            throw new ExpressionException(start, "a group's name is letters, digits and _, and ends in '>': (?P<name>...)");
        }

        position = end + 1;
    }

    /// <summary>Reads <c>i-s:</c> (true: a group follows) or <c>i-s)</c> (false: the flags hold from here on).</summary>
    private bool TakeFlags(int start)
    {
        bool on = true;
        while (!AtEnd)
        {
            char c = pattern[position++];
            Flags flag = c switch
            {
                'i' => Flags.IgnoreCase,
                'm' => Flags.Multiline,
                's' => Flags.DotAll,
                'U' => Flags.Ungreedy,
                'x' => Flags.Extended,
                _ => Flags.None,
            };
            switch (c)
            {
                case ':':
                    return true;
                case ')':
                    return false;
                case '-' when on:
                    on = false;
                    continue;
                case '=' or '!' or '<':
                    throw new ExpressionException(start, "look-around is not supported: it can't be answered in linear time; use \\b, a group around what is masked, or near:");
                case '>':
                    throw new ExpressionException(start, "atomic groups are not supported; use (?:...)");
            }

            if (flag == Flags.None)
            {
                throw new ExpressionException(position - 1, $"unknown flag '{c}'; there are i, m, s, U and x");
            }

            flags = on ? flags | flag : flags & ~flag;
        }

        throw new ExpressionException(start, "this '(?' is never closed");
    }
}
