using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace Redactor.Rules;

/// <summary>A path that may hold <c>*</c> and <c>**</c>: the folder in front of the first of them, and the rest.</summary>
/// <param name="Directory">The full path of the folder to look in.</param>
/// <param name="Rest">What to look for, relative to it.</param>
internal sealed record FilePattern(string Directory, string Rest)
{
    /// <summary>Takes <paramref name="pattern"/> apart; relative ones start from the current directory.</summary>
    public static FilePattern Parse(string pattern)
    {
        string full = Path.GetFullPath(pattern);
        int wildcard = full.IndexOf('*');
        int split = full.LastIndexOf(Path.DirectorySeparatorChar, wildcard < 0 ? full.Length - 1 : wildcard);
        return new FilePattern(full[..(split + 1)], full[(split + 1)..]);
    }

    /// <summary>Kubernetes mounts a ConfigMap as links into ..data, a link to the hidden folder of the day: the files must not count thrice.</summary>
    private Matcher Matcher => new Matcher(StringComparison.Ordinal).AddInclude(Rest).AddExclude("**/..*/**");

    /// <summary>The full paths of the files, in ordinal order; none if the folder does not exist.</summary>
    /// <exception cref="UnauthorizedAccessException">A folder must not be looked into.</exception>
    /// <exception cref="IOException">A folder can't be looked into.</exception>
    public IReadOnlyList<string> Find() =>
        [.. Matcher.Execute(new DirectoryInfoWrapper(new DirectoryInfo(Directory))).Files
            .Select(file => Path.Combine(Directory, file.Path))
            .Order(StringComparer.Ordinal)];

    /// <summary>Whether it stands for the file at <paramref name="path"/>, whether there is such a file or not.</summary>
    public bool Matches(string path) => Matcher.Match(Directory, Path.GetFullPath(path)).HasMatches;

    /// <summary>A path as people write it: relative if it is below the current directory.</summary>
    public static string Display(string path)
    {
        string here = Environment.CurrentDirectory + Path.DirectorySeparatorChar;
        return path.StartsWith(here, StringComparison.Ordinal) ? path[here.Length..] : path;
    }
}
