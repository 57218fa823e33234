using System.Collections.Concurrent;
using System.CommandLine;
using Redactor.Files;
using Redactor.Reports;
using Redactor.Rules;

namespace Redactor.Cli;

/// <summary>
/// <c>redactor scan PATH... [--format text|json|sarif] [--config FILE] [--rules GLOB] [--profile P]</c>: finds in files and changes nothing. Exit 0 when
/// nothing was found, 1 when something was, 2 when a path could not be scanned (the others are).
/// </summary>
internal static class ScanCommand
{
    private const int Found = 1;
    private static readonly Dictionary<string, Func<Stream, RuleSet, IFindingReport>> Formats = new()
    {
        ["text"] = (output, rules) => new TextReport(output, rules),
        ["json"] = (output, rules) => new JsonReport(output, rules),
        ["sarif"] = (output, rules) => new SarifReport(output, rules),
    };

    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, and folders to look through. Binary files, links, .git and what .gitignore names are left out.",
            Arity = ArgumentArity.OneOrMore,
            Validators = { CommandLine.RefuseEmpty },
        };
        var format = CommandLine.Choice("--format", "text, the default: a line a finding; json: one array; sarif: SARIF 2.1.0. None shows what was found.", Formats);
        var command = new Command("scan", "Find secrets and personal data in files; exit 0 if there is nothing, 1 if there is, 2 on an error.") { paths, format };
        var rules = new RuleOptions(command);
        command.SetAction(async (parsed, _) =>
        {
            if (await rules.LoadAsync(parsed) is not { } loaded)
            {
                return CommandLine.Failed;
            }

            await using var output = new BufferedStream(Console.OpenStandardOutput());
            using IFindingReport report = (parsed.GetValue(format) ?? Formats["text"])(output, loaded);
            return Run(parsed.GetValue(paths)!, loaded, report, Console.Error, Console.IsErrorRedirected ? null : new ScanProgress(Console.Error));
        });
        return command;
    }

    /// <summary>Scans <paramref name="paths"/> on all processors and reports in the order in which the files lie.</summary>
    internal static int Run(IEnumerable<string> paths, RuleSet rules, IFindingReport report, TextWriter errors, ScanProgress? progress)
    {
        bool found = false, failed = false;
        // Unbuffered, or a worker would take hundreds of files while the others wait.
        var files = Partitioner.Create(FileTree.Find(paths), EnumerablePartitionerOptions.NoBuffering)
            .AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(file => file.Problem is null ? FileScan.Scan(file.Path, rules) : new FileReport(FilePattern.Display(file.Path), 0, [], file.Problem));
        foreach (var file in files)
        {
            progress?.Clear();
            found |= file.Findings.Any(finding => !rules.Rules[finding.Rule].IsShadow);
            report.Add(file);
            if (file.Problem is not null)
            {
                failed = true;
                errors.WriteLine($"redactor: {TextReport.OneLine(file.Path)}: {file.Problem}");
            }

            progress?.Add(file);
        }

        progress?.Clear();
        report.Complete();
        return failed ? CommandLine.Failed : found ? Found : 0;
    }
}
