namespace Redactor.Files;

/// <summary>A file that was found, or a path that can't be read.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Problem">Why the path can't be read; null for a file.</param>
internal readonly record struct FoundFile(string Path, string? Problem = null);

/// <summary>Files and what lies in folders, in ordinal order of names.</summary>
internal static class FileTree
{
    /// <summary>
    /// The files that <paramref name="paths"/> name, and those in the folders they name, apart from <c>.git</c>, what <c>.gitignore</c> files
    /// leave out, and links (what they point to is found where it is, or was not asked for).
    /// </summary>
    public static IEnumerable<FoundFile> Find(IEnumerable<string> paths)
    {
        foreach (string path in paths.Select(Path.GetFullPath))
        {
            if (Directory.Exists(path))
            {
                foreach (var file in Walk(path))
                {
                    yield return file;
                }
            }
            else
            {
                yield return new FoundFile(path, !File.Exists(path) ? "no such file or folder" : IsPipe(path) ? "is a pipe, which scan can't read twice; write it to a file, or mask it by redactor pipe" : null);
            }
        }
    }

    /// <summary>Whether it is a descriptor of this process (<c>/dev/stdin</c>, <c>/dev/fd/63</c>) that leads to no file: the link then names nothing that there is.</summary>
    private static bool IsPipe(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false };

    private static IEnumerable<FoundFile> Walk(string root)
    {
        root = Path.TrimEndingDirectorySeparator(root);
        var (outer, rootProblem) = Try(() => IgnoreScope.Above(root));
        if (rootProblem is not null)
        {
            yield return new FoundFile(root, rootProblem);
        }

        var open = new Stack<(string Path, bool IsDirectory, IgnoreScope? Scope)>([(root, true, outer)]);
        while (open.TryPop(out var entry))
        {
            if (!entry.IsDirectory)
            {
                yield return new FoundFile(entry.Path);
                continue;
            }

            var (scope, scopeProblem) = Try(() => IgnoreScope.Enter(entry.Scope, entry.Path));
            var (children, problem) = Try(() => List(entry.Path));
            if ((scopeProblem ?? problem) is { } wrong)
            {
                yield return new FoundFile(entry.Path, wrong);
            }

            scope ??= entry.Scope;
            foreach (var child in children ?? [])
            {
                bool isDirectory = child is DirectoryInfo;
                if (scope is null || !scope.Ignores(child.FullName, isDirectory))
                {
                    open.Push((child.FullName, isDirectory, scope));
                }
            }
        }
    }

    /// <summary>What lies in a folder, the last name first, as the stack wants it.</summary>
    private static FileSystemInfo[] List(string folder) =>
        [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false })
            .Where(entry => entry.Name != ".git")
            .OrderByDescending(entry => entry.Name, StringComparer.Ordinal)];

    private static (T? Value, string? Problem) Try<T>(Func<T> read)
    {
        try
        {
            return (read(), null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (default, FileProblem.Of(unreadable));
        }
    }
}
