using System.CommandLine;
using System.Text;
using Redactor.Import;
using Redactor.Rules;

namespace Redactor.Cli;

/// <summary><c>redactor import gitleaks.toml</c>: the rules of a gitleaks configuration as a rule file, on standard output. Exit 0, or 2 if nothing could be converted.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A gitleaks configuration (TOML).", Validators = { CommandLine.RefuseEmpty } };
        var command = new Command("import", "Convert a gitleaks configuration; the rule file goes to standard output, what could not be converted to standard error.") { file };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(file)!, Console.Out, Console.Error));
        return command;
    }

    internal static async Task<int> RunAsync(string file, TextWriter output, TextWriter errors)
    {
        Conversion conversion;
        try
        {
            if (new FileInfo(file).Length > RuleLimits.MaxFileSize)
            {
                await errors.WriteLineAsync($"redactor: {file} is larger than the {RuleLimits.MaxFileSize} bytes that a rule file may have");
                return CommandLine.Failed;
            }

            conversion = GitleaksFile.Convert(file, await File.ReadAllTextAsync(file, new UTF8Encoding(false, throwOnInvalidBytes: true)));
        }
        catch (TomlException wrong)
        {
            await errors.WriteLineAsync($"{file}:{wrong.Line}: {wrong.Message}");
            return CommandLine.Failed;
        }
        catch (DecoderFallbackException)
        {
            await errors.WriteLineAsync($"redactor: {file} is not UTF-8 text");
            return CommandLine.Failed;
        }

        foreach (var note in conversion.Notes)
        {
            await errors.WriteLineAsync(note.ToString());
        }

        await errors.WriteLineAsync($"{CommandLine.Count(conversion.Rules.Count, "rule")} converted, {conversion.LeftOut} left out");
        if (conversion.Rules.Count == 0)
        {
            return CommandLine.Failed;
        }

        await output.WriteLineAsync($"# Converted from {Path.GetFileName(file)} by redactor import. The rules have no examples yet: add some, so that check can prove them.");
        RuleWriter.Write(conversion.Rules, output);
        return 0;
    }
}
