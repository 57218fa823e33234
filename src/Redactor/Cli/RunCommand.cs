using System.CommandLine;

namespace Redactor.Cli;

/// <summary><c>redactor run [--config FILE]</c>: the sidecar.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var config = new Option<FileInfo?>("--config") { Description = "The configuration file (YAML). Without it the defaults hold.", HelpName = "FILE" };
        var command = new Command("run", "Take OTLP, redact it, forward it.") { config };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(config), cancellation));
        return command;
    }

    private static Task<int> RunAsync(FileInfo? config, CancellationToken cancellation)
    {
        _ = (config, cancellation);
        return Task.FromResult(0);
    }
}
