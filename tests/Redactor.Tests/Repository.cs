namespace Redactor.Tests;

/// <summary>Where the sources lie that some tests read or run.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Redactor.sln.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Redactor.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Redactor.sln.");
    }
}
