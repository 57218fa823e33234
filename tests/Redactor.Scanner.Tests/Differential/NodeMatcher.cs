using System.Buffers;
using System.Text;
using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Tests.Differential;

/// <summary>
/// The semantics of a tree as plainly as it can be said: tries one way after the other, in order of preference, each telling the rest of the
/// expression where it ended. Repeats whose body can be empty are not its business.
/// </summary>
internal sealed class NodeMatcher(Node tree, byte[] text)
{
    private const int MaxSteps = 200_000;
    private readonly Dictionary<int, (int Start, int End)> groups = [];
    private int steps;

    /// <summary>All matches that are not empty; null if that takes too many steps.</summary>
    internal Match[]? FindAll()
    {
        var matches = new List<Match>();
        for (int start = 0; start < text.Length;)
        {
            groups.Clear();
            int end = IsInsideCharacter(start) ? -1 : Try(start);
            if (steps > MaxSteps)
            {
                return null;
            }

            if (end <= start)
            {
                start++;
                continue;
            }

            var (valueStart, valueEnd) = groups.OrderBy(g => g.Key).Select(g => g.Value).FirstOrDefault(g => g.End > g.Start, (Start: start, End: end));
            matches.Add(new Match(start, end, valueStart, valueEnd));
            start = end;
        }

        return [.. matches];
    }

    private int Try(int start)
    {
        int end = -1;
        Take(tree, start, at =>
        {
            end = at;
            return true;
        });
        return end;
    }

    private bool Take(Node node, int at, Func<int, bool> rest)
    {
        if (++steps > MaxSteps)
        {
            return false;
        }

        switch (node)
        {
            case Node.Bytes b:
                return at < text.Length && b.Set.Contains(text[at]) && rest(at + 1);
            case Node.NonAscii n:
                int length = CharacterLength(at, out bool flawed);
                return length > 0 && text[at] >= 0x80 && (flawed || !n.FlawsOnly) && rest(at + length);
            case Node.Assert a:
                return Holds(a.Kind, at) && rest(at);
            case Node.Concat c:
                return TakeFrom(c.Items, 0, at, rest);
            case Node.Alternate a:
                return a.Items.Any(item => Take(item, at, rest));
            case Node.Repeat r:
                return TakeTurns(r, 0, at, rest);
            case Node.Group g:
                bool had = groups.TryGetValue(g.Index, out var old);
                if (Take(g.Item, at, end =>
                    {
                        bool hadInner = groups.TryGetValue(g.Index, out var inner);
                        groups[g.Index] = (at, end);
                        return rest(end) || Restore(g.Index, hadInner, inner);
                    }))
                {
                    return true;
                }

                return Restore(g.Index, had, old);
            default:
                throw new ArgumentException(node.ToString(), nameof(node));
        }
    }

    private bool Restore(int group, bool had, (int Start, int End) value)
    {
        groups.Remove(group);
        if (had)
        {
            groups.Add(group, value);
        }

        return false;
    }

    private bool TakeFrom(IReadOnlyList<Node> items, int index, int at, Func<int, bool> rest) =>
        index == items.Count ? rest(at) : Take(items[index], at, next => TakeFrom(items, index + 1, next, rest));

    private bool TakeTurns(Node.Repeat r, int turns, int at, Func<int, bool> rest)
    {
        bool More() => (r.Max == Node.Unbounded || turns < r.Max) && Take(r.Item, at, next => TakeTurns(r, turns + 1, next, rest));
        if (turns < r.Min)
        {
            return More();
        }

        return r.Greedy ? More() || rest(at) : rest(at) || More();
    }

    private bool Holds(AssertKind kind, int at)
    {
        bool start = at == 0, end = at == text.Length;
        bool boundary = (!start && IsWord(text[at - 1])) != (!end && IsWord(text[at]));
        return kind switch
        {
            AssertKind.UnitStart => start,
            AssertKind.UnitEnd => end,
            AssertKind.LineStart => start || text[at - 1] == '\n',
            AssertKind.LineEnd => end || text[at] == '\n',
            AssertKind.WordBoundary => boundary,
            _ => !boundary,
        };
    }

    private static bool IsWord(byte b) => b < 0x80 && (char.IsAsciiLetterOrDigit((char)b) || b == '_');

    private int CharacterLength(int at, out bool flawed)
    {
        flawed = Rune.DecodeFromUtf8(text.AsSpan(at), out _, out int length) != OperationStatus.Done;
        return length;
    }

    private bool IsInsideCharacter(int at)
    {
        int start = 0;
        while (start < at)
        {
            start += CharacterLength(start, out _);
        }

        return start != at;
    }
}
