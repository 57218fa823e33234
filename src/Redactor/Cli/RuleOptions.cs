using System.CommandLine;
using Redactor.Rules;

namespace Redactor.Cli;

/// <summary>The options by which commands choose rules.</summary>
internal static class RuleOptions
{
    public static Option<string[]> CreateRules() => new("--rules")
    {
        Description = "Rule files, from the current directory; * and ** stand for names and folders. May be repeated. Default: the rules beside the executable.",
        HelpName = "GLOB",
    };

    public static Option<Profile> CreateProfile() => new("--profile")
    {
        Description = "default: precise enough everywhere; strict: more is found, with some false alarms.",
        HelpName = "default|strict",
        CustomParser = result =>
        {
            string name = result.Tokens[0].Value;
            if (name is not ("default" or "strict"))
            {
                result.AddError($"--profile can't be \"{name}\"; there are default, strict");
            }

            return name == "strict" ? Profile.Strict : Profile.Default;
        },
    };

    public static RuleSource Source(string[]? patterns, Profile profile) =>
        new(patterns is null or [] ? RuleSource.DefaultPatterns : patterns, profile);

    /// <summary>Loads the rules, or writes every mistake to standard error and returns null.</summary>
    public static async Task<RuleSet?> LoadAsync(RuleSource source)
    {
        var load = RuleLoad.From(source);
        foreach (var mistake in load.Mistakes)
        {
            await Console.Error.WriteLineAsync($"redactor: {mistake}");
        }

        return load.Rules;
    }
}
