using System.Text.RegularExpressions;

namespace Redactor.Files;

/// <summary>One line of a <c>.gitignore</c>, as <c>man gitignore</c> has it.</summary>
internal sealed class IgnorePattern
{
    private readonly Regex expression;
    private readonly bool directoriesOnly;
    private readonly bool anyLevel;

    private IgnorePattern(Regex expression, bool negates, bool directoriesOnly, bool anyLevel)
    {
        this.expression = expression;
        Negates = negates;
        this.directoriesOnly = directoriesOnly;
        this.anyLevel = anyLevel;
    }

    /// <summary>Whether what matches is taken in again (<c>!pattern</c>).</summary>
    public bool Negates { get; }

    /// <summary>Reads a line; null if it is blank, a comment, or such that it matches nothing.</summary>
    public static IgnorePattern? Parse(string line)
    {
        string glob = TrimUnescapedSpaces(line.TrimEnd('\r'));
        if (glob.Length is 0 or > FileLimits.MaxIgnorePattern || glob[0] == '#')
        {
            return null;
        }

        bool negates = glob[0] == '!';
        glob = negates ? glob[1..] : glob;
        bool directoriesOnly = glob.EndsWith('/');
        glob = directoriesOnly ? glob[..^1] : glob;
        bool anyLevel = !glob.Contains('/');
        glob = glob.StartsWith('/') ? glob[1..] : glob;
        return glob.Length > 0 && GlobExpression.TryTranslate(glob, out string? expression)
            ? new IgnorePattern(new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant), negates, directoriesOnly, anyLevel)
            : null;
    }

    /// <summary>Whether the pattern names <paramref name="path"/>.</summary>
    /// <param name="path">Relative to the folder of the <c>.gitignore</c>, with <c>/</c> between names.</param>
    /// <param name="isDirectory">Whether it is a folder.</param>
    public bool Matches(ReadOnlySpan<char> path, bool isDirectory) =>
        (isDirectory || !directoriesOnly) && expression.IsMatch(anyLevel ? path[(path.LastIndexOf('/') + 1)..] : path);

    private static string TrimUnescapedSpaces(string line)
    {
        string trimmed = line.TrimEnd(' ');
        int backslashes = trimmed.Length - trimmed.TrimEnd('\\').Length;
        return backslashes % 2 == 1 && trimmed.Length < line.Length ? trimmed + " " : trimmed;
    }
}
