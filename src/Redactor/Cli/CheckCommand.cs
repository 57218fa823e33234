using System.CommandLine;
using System.Globalization;
using Redactor.Rules;

namespace Redactor.Cli;

/// <summary><c>redactor check [--rules GLOB]</c>: whether the rules are valid and every example holds.</summary>
internal static class CheckCommand
{
    private const int Wrong = 1;

    public static Command Create()
    {
        var rules = RuleOptions.CreateRules();
        var command = new Command("check", "Check rule files and run their examples; exit 0 if all is well, 1 with every mistake if not.") { rules };
        command.SetAction((parsed, _) => RunAsync(RuleOptions.Source(parsed.GetValue(rules), Profile.Strict), Console.Out, Console.Error));
        return command;
    }

    internal static async Task<int> RunAsync(RuleSource source, TextWriter output, TextWriter errors)
    {
        var load = RuleLoad.From(source);
        Rule[] rules = [.. load.Files.SelectMany(file => file.Rules)];
        // The rules without mistakes show their examples even where others have some, so that one run tells everything.
        RuleMistake[] mistakes = [.. load.Mistakes, .. ExampleCheck.Run(load.Rules ?? RuleSet.Create(rules, load.Version))];
        foreach (var mistake in mistakes.Concat(rules.SelectMany(RuleLint.Run)))
        {
            await errors.WriteLineAsync(mistake.ToString());
        }

        if (mistakes.Length > 0)
        {
            await errors.WriteLineAsync(Count(mistakes.Length, "mistake"));
            return Wrong;
        }

        int examples = rules.Sum(rule => rule.Examples.Count);
        await output.WriteLineAsync($"{Count(rules.Length, "rule")} in {Count(load.Files.Count, "file")}, {Count(examples, "example")} hold");
        return 0;
    }

    private static string Count(int count, string noun) => count.ToString("N0", CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");
}
