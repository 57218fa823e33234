using Redactor.Rules;

namespace Redactor.Known.Sources;

/// <summary>
/// A directory of files that are one secret each, named as the files are, folders included. Names that begin with two dots are the inside of a Kubernetes mount:
/// its files are links through <c>..data</c>, and count under their own names.
/// </summary>
/// <param name="Path">The directory.</param>
/// <param name="Name">What stands before the names of its secrets; may be empty.</param>
/// <param name="Metadata">What is known of its secrets.</param>
public sealed record DirectorySource(string Path, string Name, SecretMetadata Metadata) : SecretSource(Name, Metadata)
{
    public override string Location => Path;

    public override Task ReadAsync(SecretList secrets, CancellationToken cancellation)
    {
        try
        {
            Read(Path, "", 0, secrets);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretSourceException(e is UnauthorizedAccessException ? "there is no permission to list it" : "is no directory that can be listed");
        }

        return Task.CompletedTask;
    }

    private static void Read(string folder, string prefix, int depth, SecretList secrets)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            string name = System.IO.Path.GetFileName(path);
            if (name.StartsWith("..", StringComparison.Ordinal))
            {
                continue;
            }

            if (!Directory.Exists(path))
            {
                secrets.Add(prefix + name, SecretFile.ReadValue(path, secrets.Memory));
            }
            else if (depth < KnownLimits.MaxFolderDepth)
            {
                Read(path, $"{prefix}{name}/", depth + 1, secrets);
            }
        }
    }
}
