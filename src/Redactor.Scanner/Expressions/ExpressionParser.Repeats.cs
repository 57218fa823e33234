using System.Globalization;

namespace Redactor.Scanning.Expressions;

/// <summary>Repeats: <c>* + ?</c> and counts, and which of them are refused.</summary>
internal sealed partial class ExpressionParser
{
    private Node ParseRepeats(Node item, int start)
    {
        bool repeated = false;
        while (true)
        {
            SkipExtended();
            int at = position;
            if (!TryTakeRepeat(out int min, out int max))
            {
                return item;
            }

            if (repeated)
            {
                throw new ExpressionException(at, "a repeat of a repeat; put the inner one in a group (?:...)");
            }

            bool lazy = TryTake('?');
            if (!lazy && !AtEnd && pattern[position] == '+')
            {
                throw new ExpressionException(position, "possessive repeats are not supported; leave out the second '+'");
            }

            repeated = true;
            bool greedy = lazy == flags.HasFlag(Flags.Ungreedy);
            item = new Node.Repeat(item, min, max, greedy);
            if (Product(item) > ScanLimits.MaxRepeat)
            {
                throw new ExpressionException(start, $"repeats of more than {ScanLimits.MaxRepeat} (nested ones multiplied) are not supported; use * or + and the rule's greatest length");
            }
        }
    }

    private static long Product(Node node) => node switch
    {
        Node.Repeat r => Math.Max(1, Math.Max(r.Min, r.Max)) * Product(r.Item),
        Node.Group g => Product(g.Item),
        Node.Concat c => c.Items.Select(Product).DefaultIfEmpty(1).Max(),
        Node.Alternate a => a.Items.Select(Product).DefaultIfEmpty(1).Max(),
        _ => 1,
    };

    private bool TryTakeRepeat(out int min, out int max)
    {
        (min, max) = (0, Node.Unbounded);
        if (AtEnd)
        {
            return false;
        }

        switch (pattern[position])
        {
            case '*':
                position++;
                return true;
            case '+':
                position++;
                min = 1;
                return true;
            case '?':
                position++;
                max = 1;
                return true;
            case '{':
                return TryTakeCount(out min, out max);
            default:
                return false;
        }
    }

    /// <summary><c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>; any other brace stands for itself.</summary>
    private bool TryTakeCount(out int min, out int max)
    {
        (min, max) = (0, Node.Unbounded);
        int start = position;
        int close = pattern.IndexOf('}', start);
        if (close < 0)
        {
            return false;
        }

        string[] parts = pattern[(start + 1)..close].Split(',');
        if (parts.Length > 2 || parts[0].Length == 0 || !parts.All(p => p.All(char.IsAsciiDigit)))
        {
            return false;
        }

        min = Count(parts[0]);
        max = parts.Length == 1 ? min : parts[1].Length == 0 ? Node.Unbounded : Count(parts[1]);
        if (min > ScanLimits.MaxRepeat || max > ScanLimits.MaxRepeat)
        {
            throw new ExpressionException(start, $"a count above {ScanLimits.MaxRepeat} is not supported; use * or + and the rule's greatest length");
        }

        if (max != Node.Unbounded && max < min)
        {
            throw new ExpressionException(start, $"{{{min},{max}}} counts backwards; write {{{max},{min}}}");
        }

        position = close + 1;
        return true;

        static int Count(string digits) => digits.Length > 5 ? int.MaxValue : int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
