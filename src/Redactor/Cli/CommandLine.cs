using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using Redactor.Rules;

namespace Redactor.Cli;

/// <summary>What all commands share: how a wrong command line is answered, and a defect.</summary>
internal static class CommandLine
{
    /// <summary>The exit status for a command line or a configuration that can't be used.</summary>
    public const int WrongUsage = 2;

    /// <summary>The exit status for what can't be read or written, and for a defect. Not 1, which is an answer of <c>scan</c>.</summary>
    public const int Failed = 2;

    /// <summary>Runs the command that <paramref name="args"/> name. Mistakes go to standard error, one a line.</summary>
    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        // An argument that begins with @ is an argument: its file, read as more of them, would be quoted where it does not fit.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"redactor: {error.Message}");
            }

            var command = parsed.CommandResult.Command;
            await Console.Error.WriteLineAsync(command == root
                ? "redactor: 'redactor --help' lists the commands"
                : $"redactor: 'redactor {NameOf(parsed.CommandResult)} --help' lists what {command.Name} takes");
            return WrongUsage;
        }

        try
        {
            // Signals belong to the commands: run finishes what is in flight, the others just end.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync("redactor: " + Describe(e));
            return Failed;
        }
    }

    /// <summary>An option that takes one of the words of <paramref name="values"/>; without it the value is the default of its type.</summary>
    public static Option<T> Choice<T>(string name, string description, IReadOnlyDictionary<string, T> values) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', values.Keys),
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!values.TryGetValue(text, out var value))
            {
                result.AddError($"{name} can't be \"{text}\"{Spelling.Suggest(text, [.. values.Keys])}");
            }

            return value;
        },
    };

    /// <summary>To be added to what names files: no file has an empty name, which an unset variable of a shell leaves.</summary>
    public static void RefuseEmpty(SymbolResult result)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
        {
            result.AddError($"{(result is OptionResult option ? option.Option.Name : ((ArgumentResult)result).Argument.Name)} is empty; name a file");
        }
    }

    /// <summary><c>1 rule</c>, <c>2,251 rules</c>.</summary>
    public static string Count(int count, string noun) => count.ToString("N0", CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");

    /// <summary>The name of a command behind the names of those that it belongs to: <c>dead-letters list</c>.</summary>
    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult { Parent: not null } outer ? $"{NameOf(outer)} {command.Command.Name}" : command.Command.Name;

    /// <summary>What went wrong, in one line. Of a defect the kind and the place: its message may quote the text at hand.</summary>
    private static string Describe(Exception e)
    {
        if (e is IOException or UnauthorizedAccessException)
        {
            return $"can't read or write: {e.Message}";
        }

        var place = new StackTrace(e).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(method => method?.DeclaringType?.Assembly == typeof(CommandLine).Assembly);
        return $"unexpected {e.GetType().Name}{(place is null ? "" : $" in {place.DeclaringType!.Name}.{place.Name}")}; this is a defect, please report it";
    }
}
