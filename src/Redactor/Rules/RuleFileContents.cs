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
    /// <summary>Reads the files that <paramref name="patterns"/> name. A file that can't be read is a mistake, never an exception.</summary>
    public static RuleFileContents Read(IReadOnlyList<string> patterns)
    {
        var files = new List<(string Name, byte[] Content)>();
        var mistakes = new List<RuleMistake>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string pattern in patterns)
        {
            var paths = FilePattern.Parse(pattern).Find();
            if (paths.Count == 0)
            {
                mistakes.Add(new RuleMistake(pattern, 0, 0, null, "no such rule file"));
            }

            foreach (string path in paths.Where(seen.Add))
            {
                string name = FilePattern.Display(path);
                try
                {
                    byte[] content = ReadBounded(path);
                    hash.AppendData(content);
                    files.Add((name, content));
                }
                catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
                {
                    mistakes.Add(new RuleMistake(name, 0, 0, null, "can't be read: " + unreadable.Message));
                }
            }
        }

        foreach (var mistake in mistakes)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(mistake.ToString()));
        }

        return new RuleFileContents(files, mistakes, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6)));
    }

    private static byte[] ReadBounded(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > RuleLimits.MaxFileSize)
        {
            throw new IOException($"it has {stream.Length} bytes, more than the {RuleLimits.MaxFileSize} that a rule file may have.");
        }

        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
