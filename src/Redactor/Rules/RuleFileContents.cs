using System.Security.Cryptography;
using System.Text;

namespace Redactor.Rules;

/// <summary>The rule files of a source as they were on disk at one moment.</summary>
/// <param name="Files">Each file's name, as the user would name it, and its bytes, in order of priority.</param>
/// <param name="Mistakes">Files that can't be read and patterns that match none.</param>
/// <param name="Version">The first 12 hex digits of the SHA-256 of the contents in order, and of the mistakes if there are any.</param>
internal sealed record RuleFileContents(
    IReadOnlyList<(string Name, byte[] Content)> Files, IReadOnlyList<RuleMistake> Mistakes, string Version)
{
    /// <summary>Reads the files that <paramref name="patterns"/> name. A file or folder that can't be read is a mistake, never an exception.</summary>
    public static RuleFileContents Read(IReadOnlyList<string> patterns)
    {
        var files = new List<(string Name, byte[] Content)>();
        var mistakes = new List<RuleMistake>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in patterns.SelectMany(pattern => Find(pattern, mistakes)).Where(seen.Add))
        {
            string name = FilePattern.Display(path);
            try
            {
                byte[] content = BoundedFile.Read(path, RuleLimits.MaxFileSize) ?? throw new IOException($"it has more than the {RuleLimits.MaxFileSize} bytes that a rule file may have.");
                hash.AppendData(content);
                files.Add((name, content));
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                mistakes.Add(new RuleMistake(name, 0, 0, null, "can't be read: " + unreadable.Message));
            }
        }

        foreach (var mistake in mistakes)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(mistake.ToString()));
        }

        return new RuleFileContents(files, mistakes, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6)));
    }

    private static IReadOnlyList<string> Find(string pattern, List<RuleMistake> mistakes)
    {
        try
        {
            var paths = FilePattern.Parse(pattern).Find();
            if (paths.Count == 0)
            {
                mistakes.Add(new RuleMistake(pattern, 0, 0, null, Directory.Exists(pattern) ? $"is a folder; write {Path.Combine(pattern, "*.yaml")} for the files in it" : "no such rule file"));
            }

            return paths;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(new RuleMistake(pattern, 0, 0, null, "can't be read: " + unreadable.Message));
            return [];
        }
    }
}
