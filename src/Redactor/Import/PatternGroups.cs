using System.Text;

namespace Redactor.Import;

/// <summary>The capturing groups of an expression in RE2 syntax.</summary>
internal static class PatternGroups
{
    /// <summary>Makes <paramref name="group"/> (from 1) the first group, by letting those before it capture nothing; null if there are not so many.</summary>
    public static string? MakeFirst(string pattern, int group)
    {
        var text = new StringBuilder();
        int seen = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            int end = EndOfLiteral(pattern, i);
            if (end > i)
            {
                text.Append(pattern, i, end - i);
                i = end - 1;
                continue;
            }

            int name = CapturingLength(pattern, i);
            if (name > 0 && ++seen < group)
            {
                text.Append("(?:");
                i += name - 1;
                continue;
            }

            text.Append(pattern[i]);
        }

        return seen >= group ? text.ToString() : null;
    }

    /// <summary>Where what stands here and holds no groups ends: an escape, a quotation, a class; <paramref name="at"/> for anything else.</summary>
    private static int EndOfLiteral(string pattern, int at)
    {
        if (pattern.AsSpan(at).StartsWith("\\Q"))
        {
            int close = pattern.IndexOf("\\E", at, StringComparison.Ordinal);
            return close < 0 ? pattern.Length : close + 2;
        }

        return pattern[at] switch
        {
            '\\' => Math.Min(at + 2, pattern.Length),
            '[' => EndOfClass(pattern, at),
            _ => at,
        };
    }

    private static int EndOfClass(string pattern, int at)
    {
        int i = at + 1;
        i += i < pattern.Length && pattern[i] == '^' ? 1 : 0;
        for (bool first = true; i < pattern.Length && (first || pattern[i] != ']'); first = false)
        {
            int named = pattern.AsSpan(i).StartsWith("[:") ? pattern.IndexOf(":]", i, StringComparison.Ordinal) : -1;
            i = named > 0 ? named + 2 : i + (pattern[i] == '\\' ? 2 : 1);
        }

        return Math.Min(i + 1, pattern.Length);
    }

    /// <summary>The length of what opens a capturing group here, <c>(</c> or <c>(?P&lt;name&gt;</c>; 0 if none opens.</summary>
    private static int CapturingLength(string pattern, int at)
    {
        if (pattern[at] != '(')
        {
            return 0;
        }

        var rest = pattern.AsSpan(at);
        return !rest.StartsWith("(?") ? 1 : rest.StartsWith("(?P<") || rest.StartsWith("(?<") ? rest.IndexOf('>') + 1 : 0;
    }
}
