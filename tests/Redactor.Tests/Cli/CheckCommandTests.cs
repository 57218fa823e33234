using Redactor.Cli;
using Redactor.Rules;

namespace Redactor.Tests.Cli;

public sealed class CheckCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Good_rules_are_summed_up_in_one_line()
    {
        folder.Write("a.yaml", "- {id: alpha, pattern: 'alpha_[a-z]{9}', examples: {match: ['alpha_{lower:9}'], ignore: [alpha]}}\n");

        Assert.Equal((0, "1 rule in 1 file, 2 examples hold\n", ""), await Check());
    }

    [Fact]
    public async Task Mistakes_of_all_kinds_are_told_in_one_run()
    {
        string a = folder.Write("a.yaml", "- {id: alpha, pattern: 'alpha_(x'}\n");
        string b = folder.Write("b.yaml", "- {id: bravo, pattern: 'bravo_[a-z]{9}', examples: {match: [bravo]}}\n");
        (int exit, string output, string errors) = await Check();
        string[] lines = errors.TrimEnd().Split('\n');

        Assert.Equal((1, "", 3), (exit, output, lines.Length));
        Assert.StartsWith($"{a}:1:", lines[0], StringComparison.Ordinal);
        Assert.Equal($"{b}:1:61: bravo: match example is not found; 'redactor explain TEXT --rules FILE' tells why", lines[1]);
        Assert.Equal("2 mistakes", lines[2]);
    }

    [Fact]
    public async Task A_warning_does_not_fail_the_check()
    {
        folder.Write("a.yaml", "- {id: alpha, pattern: 'alpha_[a-z]{9}', keywords: [al]}\n");
        (int exit, string output, string errors) = await Check();

        Assert.Equal((0, "1 rule in 1 file, 0 examples hold\n"), (exit, output));
        Assert.Equal(2, errors.Split("alpha: warning: ").Length - 1);
    }

    [Fact]
    public async Task No_rule_files_is_a_mistake() =>
        Assert.Equal((1, "", $"{folder.PathOf("*.yaml")}: no such rule file\n1 mistake\n"), await Check());

    [Fact]
    public async Task A_configuration_is_checked_with_the_rules_it_names()
    {
        folder.Write("a.yaml", "- {id: alpha, pattern: 'alpha_[a-z]{9}', examples: {match: ['alpha_{lower:9}']}}\n");

        Assert.Equal((0, "1 rule in 1 file, 1 example hold\n", ""), await CheckConfiguration("rules: {files: ['a.yaml']}"));
        (int exit, string output, string errors) = await CheckConfiguration("rules: {file: ['a.yaml']}");
        Assert.Equal((1, ""), (exit, output));
        Assert.StartsWith($"{folder.PathOf("redactor.yml")}:1:9: ", errors, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Output, string Errors)> CheckConfiguration(string yaml)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        int exit = await CheckCommand.RunAsync(folder.Write("redactor.yml", yaml), [], output, errors);
        return (exit, output.ToString(), errors.ToString());
    }

    private async Task<(int Exit, string Output, string Errors)> Check()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        int exit = await CheckCommand.RunAsync(new RuleSource([folder.PathOf("*.yaml")], Profile.Strict), output, errors);
        return (exit, output.ToString(), errors.ToString());
    }
}
