using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Redactor.Files;

/// <summary>The globs of <c>.gitignore</c> as regular expressions: <c>*</c> and <c>?</c> stop at a slash, <c>**</c> does not.</summary>
internal static class GlobExpression
{
    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = "a-zA-Z0-9",
        ["alpha"] = "a-zA-Z",
        ["blank"] = @" \t",
        ["cntrl"] = @"\x00-\x1f\x7f",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = @"!-/:-@\[-`{-~",
        ["space"] = @"\s",
        ["upper"] = "A-Z",
        ["xdigit"] = "0-9a-fA-F",
    };

    /// <summary>Translates <paramref name="glob"/>; false if it is one that matches nothing (a bracket or an escape that does not end).</summary>
    public static bool TryTranslate(string glob, [NotNullWhen(true)] out string? expression)
    {
        var text = new StringBuilder("^");
        expression = null;
        for (int i = 0; i < glob.Length; i++)
        {
            switch (glob[i])
            {
                case '*':
                    i = Stars(glob, i, text);
                    break;
                case '?':
                    text.Append("[^/]");
                    break;
                case '[' when TryBracket(glob, ref i, text):
                    break;
                case '[':
                    return false;
                case '\\' when i + 1 < glob.Length:
                    text.Append(Regex.Escape(glob[++i].ToString()));
                    break;
                case '\\':
                    return false;
                case var other:
                    text.Append(Regex.Escape(other.ToString()));
                    break;
            }
        }

        expression = text.Append("\\z").ToString();
        return true;
    }

    /// <summary>Two stars stand for folders only if they are a name of their own. Returns where the stars (and the slash behind such a name) end.</summary>
    private static int Stars(string glob, int start, StringBuilder text)
    {
        int end = start;
        while (end + 1 < glob.Length && glob[end + 1] == '*')
        {
            end++;
        }

        bool ownName = end == start + 1 && (start == 0 || glob[start - 1] == '/') && (end + 1 == glob.Length || glob[end + 1] == '/');
        if (!ownName)
        {
            text.Append("[^/]*");
            return end;
        }

        bool last = end + 1 == glob.Length;
        text.Append(last ? ".*" : "(?:.*/)?");
        return last ? end : end + 1;
    }

    private static bool TryBracket(string glob, ref int at, StringBuilder text)
    {
        int i = at + 1;
        bool negated = i < glob.Length && glob[i] is '!' or '^';
        i += negated ? 1 : 0;
        var members = new StringBuilder();
        for (bool first = true; i < glob.Length && (first || glob[i] != ']'); first = false, i++)
        {
            int end = i + 1 < glob.Length && glob[i] == '[' && glob[i + 1] == ':' ? glob.IndexOf(":]", i + 2, StringComparison.Ordinal) : -1;
            if (end > 0)
            {
                if (!Classes.TryGetValue(glob[(i + 2)..end], out string? known))
                {
                    return false;
                }

                members.Append(known);
                i = end + 1;
                continue;
            }

            bool isRange = !first && glob[i] == '-' && i + 1 < glob.Length && glob[i + 1] != ']';
            i += glob[i] == '\\' ? 1 : 0;
            if (i < glob.Length)
            {
                members.Append(isRange ? "-" : Escaped(glob[i]));
            }
        }

        at = i;
        // A slash is in no class.
        text.Append(negated ? "[^" : "[").Append(members).Append("-[/]]");
        return i < glob.Length && IsValid(members.ToString());
    }

    private static string Escaped(char c) => $"\\u{(int)c:x4}";

    /// <summary>A range that runs backwards holds nothing in git and is an error here.</summary>
    private static bool IsValid(string members)
    {
        try
        {
            _ = new Regex($"[{members}]", RegexOptions.CultureInvariant);
            return true;
        }
        catch (RegexParseException)
        {
            return false;
        }
    }
}
