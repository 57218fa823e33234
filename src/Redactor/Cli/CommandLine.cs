using System.CommandLine;

namespace Redactor.Cli;

/// <summary>What all commands share: how a wrong command line is answered.</summary>
internal static class CommandLine
{
    /// <summary>The exit status for a command line or a configuration that can't be used.</summary>
    public const int WrongUsage = 2;

    /// <summary>Runs the command that <paramref name="args"/> name. Mistakes go to standard error, one a line.</summary>
    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"redactor: {error.Message}");
            }

            var command = parsed.CommandResult.Command;
            await Console.Error.WriteLineAsync(command == root
                ? "redactor: 'redactor --help' lists the commands"
                : $"redactor: 'redactor {command.Name} --help' lists what {command.Name} takes");
            return WrongUsage;
        }

        // Signals belong to the commands: run finishes what is in flight, the others just end.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
