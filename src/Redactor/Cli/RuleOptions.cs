using System.CommandLine;
using Redactor.Rules;
using Redactor.Telemetry;

namespace Redactor.Cli;

/// <summary>The options by which the commands that work on text choose rules: <c>[--config FILE] [--rules GLOB] [--profile P]</c>.</summary>
internal sealed class RuleOptions
{
    private readonly Option<string?> config = ConfigOption.Create("A configuration file (YAML): its rules, overrides, allowed values and masks hold here too.");

    private readonly Option<string[]> rules = CreateRules();

    private readonly Option<Profile?> profile = CommandLine.Choice(
        "--profile",
        "default: precise enough everywhere; strict: more is found, with some false alarms.",
        RuleWords.Profiles.ToDictionary(word => word.Key, word => (Profile?)word.Value));

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public RuleOptions(Command command)
    {
        command.Add(config);
        command.Add(rules);
        command.Add(profile);
    }

    public static Option<string[]> CreateRules() => new("--rules")
    {
        Description = "Rule files, from the current directory; * and ** stand for names and folders. May be repeated. Default: the rules beside the executable.",
        HelpName = "GLOB",
        Validators = { CommandLine.RefuseEmpty },
    };

    /// <summary>Loads the rules, or writes every mistake to standard error and returns null.</summary>
    public async Task<RuleSet?> LoadAsync(ParseResult parsed)
    {
        if (await ConfigOption.LoadAsync(parsed.GetValue(config)) is not { } options)
        {
            return null;
        }

        using var loggers = Log.CreateFactory(LogLevel.Warning);
        var (complete, known) = await KnownLoad.ReadAsync(options.KnownSecrets, loggers);
        return complete ? await LoadAsync(Source(options.Rules, parsed.GetValue(rules), parsed.GetValue(profile)), known?.Current) : null;
    }

    /// <summary>What the configuration says, except where the command line says more.</summary>
    internal static RuleSource Source(RuleSource configured, string[]? patterns, Profile? profile) => configured with
    {
        Patterns = patterns is null or [] ? configured.Patterns : patterns,
        Profile = profile ?? configured.Profile,
    };

    private static async Task<RuleSet?> LoadAsync(RuleSource source, KnownSecrets? known)
    {
        var load = RuleLoad.From(source, known);
        foreach (var mistake in load.Mistakes)
        {
            await Console.Error.WriteLineAsync($"redactor: {mistake}");
        }

        return load.Rules;
    }
}
