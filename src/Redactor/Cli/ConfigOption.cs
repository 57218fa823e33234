using System.CommandLine;
using Redactor.Configuration;

namespace Redactor.Cli;

/// <summary>The option <c>--config FILE</c> of the commands that take a configuration.</summary>
internal static class ConfigOption
{
    /// <param name="description">What the file is to the command.</param>
    public static Option<string?> Create(string description = "The configuration file (YAML). Without it the defaults hold.") => new("--config")
    {
        Description = description,
        HelpName = "FILE",
        Validators = { CommandLine.RefuseEmpty },
    };

    /// <summary>Reads the configuration, or writes every mistake to standard error and returns null.</summary>
    public static async Task<RedactorOptions?> LoadAsync(string? file)
    {
        var result = ConfigurationFile.Load(file);
        foreach (var mistake in result.Mistakes)
        {
            await Console.Error.WriteLineAsync($"redactor: {mistake}");
        }

        return result.Options;
    }
}
