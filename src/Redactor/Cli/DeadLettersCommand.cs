using System.CommandLine;
using System.Globalization;
using Redactor.Configuration;
using Redactor.Forward.Queue;
using Redactor.Telemetry;

namespace Redactor.Cli;

/// <summary><c>redactor dead-letters list|resend|discard --config FILE</c>: what backends refused for good. Works beside a running sidecar.</summary>
internal static class DeadLettersCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        var config = ConfigOption.Create("The configuration file (YAML) with the queue.");
        config.Required = true;
        var exporter = new Option<string?>("--exporter") { Description = "Only those of this exporter.", HelpName = "NAME" };
        var discarded = new Option<string>("--exporter") { Description = "Those of this exporter.", HelpName = "NAME", Required = true };

        var list = new Command("list", "List them, oldest first, with their reasons.") { config, exporter };
        list.SetAction((parsed, _) => RunAsync(parsed.GetValue(config)!, (file, options) => ListAsync(file, parsed.GetValue(exporter), Console.Out)));
        var resend = new Command("resend", "Send them again, behind what is queued.") { config, exporter };
        resend.SetAction((parsed, _) => RunAsync(parsed.GetValue(config)!, (file, options) => ResendAsync(file, options, parsed.GetValue(exporter), Console.Out, Console.Error)));
        var discard = new Command("discard", "Delete them for good.") { config, discarded };
        discard.SetAction((parsed, _) => RunAsync(parsed.GetValue(config)!, (file, options) => DiscardAsync(file, parsed.GetValue(discarded)!, Console.Out)));
        return new Command("dead-letters", "List, send again or discard what backends refused for good.") { list, resend, discard };
    }

    internal static async Task<int> ListAsync(DeadLetterFile file, string? exporter, TextWriter output)
    {
        foreach (var letter in file.List(exporter))
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{letter.Id}  {letter.Died.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}  {letter.Exporter}  {RedactorMetrics.Label(letter.Signal)}  {letter.Size:N0} bytes  {letter.Reason}"));
        }

        return 0;
    }

    internal static async Task<int> ResendAsync(DeadLetterFile file, RedactorOptions options, string? exporter, TextWriter output, TextWriter errors)
    {
        int result = 0;
        foreach (string name in file.List(exporter).Select(letter => letter.Exporter).Distinct().ToList())
        {
            if (options.Exporters.Any(e => e.Name == name))
            {
                await output.WriteLineAsync($"{name}: {CommandLine.Count(file.Resend(name, DateTimeOffset.UtcNow), "dead letter")} will be sent again");
            }
            else
            {
                await errors.WriteLineAsync($"redactor: the configuration does not name {name} any more; name it again, or discard its dead letters");
                result = Failed;
            }
        }

        return result;
    }

    internal static async Task<int> DiscardAsync(DeadLetterFile file, string exporter, TextWriter output)
    {
        await output.WriteLineAsync($"{exporter}: {CommandLine.Count(file.Discard(exporter, DateTimeOffset.UtcNow), "dead letter")} discarded");
        return 0;
    }

    private static async Task<int> RunAsync(string config, Func<DeadLetterFile, RedactorOptions, Task<int>> run)
    {
        if (await ConfigOption.LoadAsync(config) is not { } options)
        {
            return CommandLine.WrongUsage;
        }

        if (options.Queue is null)
        {
            await Console.Error.WriteLineAsync($"redactor: {config} has no queue section, so there are no dead letters");
            return CommandLine.WrongUsage;
        }

        try
        {
            using var file = DeadLetterFile.Open(options.Queue);
            return await run(file, options);
        }
        catch (QueueUnavailableException e)
        {
            await Console.Error.WriteLineAsync($"redactor: {e.Message}");
            return Failed;
        }
    }
}
