using System.CommandLine;
using Redactor.Configuration;
using Redactor.Rules;

namespace Redactor.Cli;

/// <summary><c>redactor check [--config FILE] [--rules GLOB]</c>: whether configuration and rules are valid and every example holds.</summary>
internal static class CheckCommand
{
    private const int Wrong = 1;

    public static Command Create()
    {
        var config = ConfigOption.Create("A configuration file (YAML) to check too; it names the rule files unless --rules does.");
        var rules = RuleOptions.CreateRules();
        var command = new Command("check", "Check configuration and rule files and run the rules' examples; exit 0 if all is well, 1 with every mistake if not.") { config, rules };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(config), parsed.GetValue(rules) ?? [], Console.Out, Console.Error));
        return command;
    }

    /// <summary>Checks the configuration, and the rules that it or <paramref name="patterns"/> name, of every profile.</summary>
    internal static async Task<int> RunAsync(string? config, string[] patterns, TextWriter output, TextWriter errors)
    {
        var configuration = ConfigurationFile.Load(config);
        foreach (var mistake in configuration.Mistakes)
        {
            await errors.WriteLineAsync(mistake.ToString());
        }

        // A broken configuration does not say which rules are meant.
        if (configuration.Options is null && patterns.Length == 0)
        {
            return Wrong;
        }

        var configured = configuration.Options?.Rules ?? RedactorOptions.Default.Rules;
        var source = configured with { Patterns = patterns.Length > 0 ? patterns : configured.Patterns, Profile = Profile.Strict };
        int rules = await RunAsync(source, output, errors);
        return configuration.Options is null ? Wrong : rules;
    }

    internal static async Task<int> RunAsync(RuleSource source, TextWriter output, TextWriter errors)
    {
        var load = RuleLoad.From(source);
        Rule[] rules = [.. load.Files.SelectMany(file => file.Rules)];
        // The rules without mistakes show their examples even where others have some, so that one run tells everything.
        var compiled = load.Rules ?? RuleSet.Create(rules, load.Version);
        RuleMistake[] mistakes = [.. load.Mistakes, .. ExampleCheck.Run(compiled)];
        // Which rule stands before which is known of whole sets only.
        var overshadowed = load.Rules is null ? [] : OvershadowedRules.Find(compiled);
        foreach (var mistake in mistakes.Concat(load.Files.SelectMany(RuleLint.Run)).Concat(overshadowed))
        {
            await errors.WriteLineAsync(mistake.ToString());
        }

        if (mistakes.Length > 0)
        {
            await errors.WriteLineAsync(CommandLine.Count(mistakes.Length, "mistake"));
            return Wrong;
        }

        int examples = rules.Sum(rule => rule.Examples.Count);
        await output.WriteLineAsync($"{CommandLine.Count(rules.Length, "rule")} in {CommandLine.Count(load.Files.Count, "file")}, {CommandLine.Count(examples, "example")} hold");
        return 0;
    }
}
