namespace Redactor.Files;

/// <summary>The <c>.gitignore</c> files that count in one folder: its own before those of the folders above it.</summary>
internal sealed class IgnoreScope
{
    private readonly IgnoreScope? outer;
    private readonly string prefix;
    private readonly IgnorePattern[] patterns;

    private IgnoreScope(IgnoreScope? outer, string folder, IgnorePattern[] patterns)
    {
        this.outer = outer;
        prefix = folder.EndsWith('/') ? folder : folder + "/";
        this.patterns = patterns;
    }

    /// <summary>What counts in <paramref name="folder"/> by the files in the folders above it, up to the root of the git repository that it is in; null if nothing does.</summary>
    public static IgnoreScope? Above(string folder)
    {
        var above = new Stack<string>();
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (at != folder)
            {
                above.Push(at);
            }

            if (Path.Exists(Path.Combine(at, ".git")))
            {
                return above.Aggregate((IgnoreScope?)null, (scope, inner) => Enter(scope, inner));
            }
        }

        return null;
    }

    /// <summary>What counts in <paramref name="folder"/>, which lies in the folder of <paramref name="outer"/>.</summary>
    /// <exception cref="IOException">Its <c>.gitignore</c> can't be read or is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">Its <c>.gitignore</c> must not be read.</exception>
    public static IgnoreScope? Enter(IgnoreScope? outer, string folder)
    {
        var file = new FileInfo(Path.Combine(folder, ".gitignore"));
        if (!file.Exists)
        {
            return outer;
        }

        if (file.Length > FileLimits.MaxIgnoreFile)
        {
            throw new IOException($"its .gitignore is larger than {FileLimits.MaxIgnoreFile / 1024} KiB");
        }

        return new IgnoreScope(outer, folder, [.. File.ReadLines(file.FullName).Select(IgnorePattern.Parse).OfType<IgnorePattern>()]);
    }

    /// <summary>Whether git would ignore <paramref name="path"/>, given that it does not ignore its folder: the last pattern that names it counts.</summary>
    public bool Ignores(string path, bool isDirectory)
    {
        for (IgnoreScope? scope = this; scope is not null; scope = scope.outer)
        {
            var relative = path.AsSpan(scope.prefix.Length);
            for (int i = scope.patterns.Length - 1; i >= 0; i--)
            {
                if (scope.patterns[i].Matches(relative, isDirectory))
                {
                    return !scope.patterns[i].Negates;
                }
            }
        }

        return false;
    }
}
