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

    /// <summary>The full paths of the files, in ordinal order; none if the folder does not exist.</summary>
    public IReadOnlyList<string> Find()
    {
        // Kubernetes mounts a ConfigMap as links into ..data, a link to the hidden folder of the day: the files must not count thrice.
        var matcher = new Matcher(StringComparison.Ordinal).AddInclude(Rest).AddExclude("**/..*/**");
        return [.. matcher.Execute(new DirectoryInfoWrapper(new DirectoryInfo(Directory))).Files
            .Select(file => Path.Combine(Directory, file.Path))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>A path as people write it: relative if it is below the current directory.</summary>
    public static string Display(string path)
    {
        string here = Environment.CurrentDirectory + Path.DirectorySeparatorChar;
        return path.StartsWith(here, StringComparison.Ordinal) ? path[here.Length..] : path;
    }
}
