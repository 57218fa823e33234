using System.Diagnostics;

namespace Redactor.Tests.Cli;

/// <summary>What the program itself answers to command lines that can't work: one line for each mistake, never a stack trace.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("run --config ", "--config is empty; name a file")]
    [InlineData("check --rules ", "--rules is empty; name a file")]
    [InlineData("scan ", "PATH is empty; name a file")]
    [InlineData("import ", "FILE is empty; name a file")]
    public async Task An_empty_name_of_a_file_is_refused(string line, string expected) =>
        Assert.Equal($"redactor: {expected}\nredactor: 'redactor {line.Split(' ')[0]} --help' lists what {line.Split(' ')[0]} takes\n", await RefusedAsync(line.Split(' ')));

    [Theory]
    [InlineData("scan . --format xml", "--format can't be \"xml\"; there are text, json, sarif")]
    [InlineData("pipe --profile strikt", "--profile can't be \"strikt\"; did you mean \"strict\"?")]
    public async Task A_wrong_word_is_answered_with_the_right_ones(string line, string expected) =>
        Assert.StartsWith($"redactor: {expected}\n", await RefusedAsync(line.Split(' ')), StringComparison.Ordinal);

    [Fact]
    public async Task Help_is_named_with_the_whole_command() =>
        Assert.EndsWith("'redactor dead-letters list --help' lists what list takes\n", await RefusedAsync(["dead-letters", "list"]), StringComparison.Ordinal);

    [Fact]
    public async Task What_a_command_can_not_read_is_one_line() =>
        Assert.Equal("redactor: can't read or write: Is a directory\n", await RefusedAsync(["-c", "exec ./redactor explain < /"], "/bin/sh"));

    /// <summary>What a command line that must end with 2 writes to standard error.</summary>
    private static async Task<string> RefusedAsync(string[] arguments, string? program = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program ?? Path.Combine(AppContext.BaseDirectory, "redactor"), arguments)
        {
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        })!;
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(2, process.ExitCode);
        return errors;
    }
}
