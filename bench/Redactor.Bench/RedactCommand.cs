using System.CommandLine;
using System.Globalization;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Bench;

/// <summary><c>redact FILE.pb...</c>: GB/s of thread CPU time for redacting OTLP requests, views included, beside what the scanner alone does over the same bytes.</summary>
internal static class RedactCommand
{
    internal static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "OTLP requests in protobuf: logs*.pb are logs, all others traces.", Arity = ArgumentArity.OneOrMore };
        var runs = new Option<int>("--runs") { Description = "Counted runs; the best one is printed.", DefaultValueFactory = _ => 20 };
        var command = new Command("redact", "Redacts OTLP requests with the default rules and prints GB/s of thread CPU time.") { files, runs };
        command.SetAction(parsed => Run(parsed.GetValue(files)!, parsed.GetValue(runs)));
        return command;
    }

    private static int Run(FileInfo[] files, int runs)
    {
        RuleSet rules = RuleLoad.From(new RuleSource(RuleSource.DefaultPatterns, Profile.Default)).Rules ?? throw new InvalidDataException("the default rules have a mistake");
        var findings = new FindingList();
        foreach (FileInfo file in files)
        {
            byte[] bytes = File.ReadAllBytes(file.FullName);
            var payload = new Payload(file.Name.StartsWith("logs", StringComparison.Ordinal) ? Signal.Logs : Signal.Traces, PayloadEncoding.Protobuf, bytes, Origin.None);
            RedactionResult result = default;
            var rewritten = new RewriteBuffer();
            double[] best = ThreadClock.BestInTurns(runs, () => rules.Scanner.Scan(bytes, findings), () =>
            {
                result = PayloadRedactor.Redact(payload, rules, rewritten);
                rewritten.Return();
            });
            (double alone, double redacted) = (best[0], best[1]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Name} scanner alone {bytes.Length / alone / 1e9:F3} GB/s, redacted {bytes.Length / redacted / 1e9:F3} GB/s ({alone / redacted:F2}x), {result.Status}, {result.Report.Findings.Sum(f => f.Count)} findings"));
        }

        return 0;
    }
}
