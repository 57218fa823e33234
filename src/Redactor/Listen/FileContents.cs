namespace Redactor.Listen;

/// <summary>Small files, read whole.</summary>
internal static class FileContents
{
    /// <summary>The contents of <paramref name="paths"/>, in their order; or what is wrong with the first that can't be read.</summary>
    public static Reading<IReadOnlyList<byte[]>> Read(IReadOnlyList<string> paths)
    {
        var contents = new List<byte[]>(paths.Count);
        foreach (string path in paths)
        {
            try
            {
                if (new FileInfo(path) is { Exists: true, Length: > ListenLimits.MaxFileBytes })
                {
                    return Reading<IReadOnlyList<byte[]>>.Wrong($"{Path.GetFileName(path)} is larger than {ListenLimits.MaxFileBytes / 1024} KiB; name one that holds nothing else");
                }

                contents.Add(File.ReadAllBytes(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Reading<IReadOnlyList<byte[]>>.Wrong($"{Path.GetFileName(path)} can't be read ({(e is UnauthorizedAccessException ? "no permission, or a folder" : "no such file")})");
            }
        }

        return Reading<IReadOnlyList<byte[]>>.Of(contents);
    }

    /// <summary>Reads files and makes a value of them.</summary>
    public static Reading<T> Read<T>(IReadOnlyList<string> paths, Func<IReadOnlyList<byte[]>, Reading<T>> parse)
        where T : class
    {
        var contents = Read(paths);
        return contents.Value is null ? Reading<T>.Wrong(contents.Mistake!) : parse(contents.Value);
    }
}
