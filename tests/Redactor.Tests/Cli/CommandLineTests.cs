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
        Assert.Equal($"redactor: {expected}\nredactor: 'redactor {line.Split(' ')[0]} --help' lists what {line.Split(' ')[0]} takes\n", await ErrorsAsync(line.Split(' ')));

    [Theory]
    [InlineData("scan . --format xml", "--format can't be \"xml\"; there are text, json, sarif")]
    [InlineData("pipe --profile strikt", "--profile can't be \"strikt\"; did you mean \"strict\"?")]
    [InlineData("explain the text", "TEXT is one argument; put it in quotes")]
    [InlineData("scan @list", "@list: no such file or folder")]
    public async Task A_wrong_argument_is_answered_with_what_would_be_right(string line, string expected) =>
        Assert.StartsWith($"redactor: {expected}\n", await ErrorsAsync(line.Split(' ')), StringComparison.Ordinal);

    [Fact]
    public async Task Help_is_named_with_the_whole_command() =>
        Assert.EndsWith("'redactor dead-letters list --help' lists what list takes\n", await ErrorsAsync(["dead-letters", "list"]), StringComparison.Ordinal);

    [Fact]
    public async Task What_a_command_can_not_read_is_one_line() =>
        Assert.Equal("redactor: can't read or write: Is a directory\n", await ErrorsAsync(["-c", "exec ./redactor explain < /"], program: "/bin/sh"));

    [Fact]
    public async Task A_pipe_is_not_scanned_as_an_empty_file() =>
        Assert.StartsWith("redactor: /dev/stdin: is a pipe", await ErrorsAsync(["-c", "echo text | ./redactor scan /dev/stdin"], program: "/bin/sh"), StringComparison.Ordinal);

    [Fact]
    public async Task An_address_of_another_machine_is_named()
    {
        using var folder = new TemporaryFolder();
        string config = folder.Write("redactor.yaml", """health: { endpoint: "192.0.2.1:80" }""");

        Assert.Equal(
            "redactor: can't listen: 192.0.2.1:80: Cannot assign requested address. Stop what uses the address, or configure another endpoint.\n",
            await ErrorsAsync(["run", "--config", config], status: 1));
    }

    [Fact]
    public async Task A_known_secret_that_can_not_be_read_at_the_start_is_one_line()
    {
        using var folder = new TemporaryFolder();
        string config = folder.Write("redactor.yaml", "known_secrets: { sources: [ { file: gone } ] }");

        Assert.Equal($"redactor: known_secrets: {folder.PathOf("gone")}: gone can't be read (no such file)\n", await ErrorsAsync(["run", "--config", config], status: 1));
    }

    [Fact]
    public async Task A_command_on_text_writes_its_output_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string key = folder.Write("key", string.Concat("k3y-", Guid.NewGuid().ToString("N")));
        folder.Write("redactor.yaml", "known_secrets: { sources: [ { file: key } ] }");

        Assert.Equal("", await ErrorsAsync(["-c", $"./redactor pipe --config {folder.PathOf("redactor.yaml")} < {key} | grep -qF [REDACTED:known:key]"], status: 0, program: "/bin/sh"));
    }

    [Fact]
    public async Task A_variable_that_can_not_be_used_is_told_without_its_value()
    {
        const string value = "no-pair-but-maybe-a-token";
        using var folder = new TemporaryFolder();
        string config = folder.Write("redactor.yaml", "receivers: { otlp: { protocols: { grpc: { endpoint: 127.0.0.1:0 } } } }\nhealth: { endpoint: 127.0.0.1:0 }\nadmin: { endpoint: 127.0.0.1:0 }");
        var variables = new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1", ["OTEL_EXPORTER_OTLP_HEADERS"] = value };

        string errors = await ErrorsAsync(["run", "--config", config], status: 1, variables: variables);

        Assert.Contains("OTEL_EXPORTER_OTLP_HEADERS takes name=value", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain(value, errors, StringComparison.Ordinal);
    }

    /// <summary>What a command line that ends with <paramref name="status"/> writes to standard error.</summary>
    private static async Task<string> ErrorsAsync(string[] arguments, int status = 2, string? program = null, Dictionary<string, string?>? variables = null)
    {
        var start = new ProcessStartInfo(program ?? Path.Combine(AppContext.BaseDirectory, "redactor"), arguments)
        {
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in variables ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(status, process.ExitCode);
        return errors;
    }
}
