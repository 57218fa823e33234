using System.CommandLine;
using System.Globalization;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Bench;

/// <summary><c>scan FILE...</c>: GB/s of thread CPU time for finding and confirming every finding, a line a file.</summary>
internal static class ScanCommand
{
    internal static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Files to scan, each as one unit.", Arity = ArgumentArity.OneOrMore };
        var rules = new Option<string>("--rules") { Description = "Rule files, or an .tsv of expressions (number, id, keywords, pattern).", DefaultValueFactory = _ => RuleSource.DefaultPatterns[0] };
        var engine = new Option<FilterEngine>("--engine") { Description = "Which filter to force." };
        var runs = new Option<int>("--runs") { Description = "Counted runs; the best one is printed.", DefaultValueFactory = _ => 5 };
        var detail = new Option<bool>("--detail") { Description = "Also print findings by rule and what the filter alone costs." };
        var command = new Command("scan", "Scans files with the default rules and prints GB/s of thread CPU time.") { files, rules, engine, runs, detail };
        command.SetAction(parsed => Run(
            parsed.GetValue(files)!, parsed.GetValue(rules)!, parsed.GetValue(engine), parsed.GetValue(runs), parsed.GetValue(detail)));
        return command;
    }

    private static int Run(FileInfo[] files, string rules, FilterEngine engine, int runs, bool detail)
    {
        IReadOnlyList<ScanRule> set = [.. rules.Split(',').SelectMany(Load)];
        double started = ThreadClock.Seconds;
        Scanner scanner = Scanner.Compile(set, new ScannerOptions { Engine = engine });
        Console.WriteLine(Line($"{set.Count} rules compiled in {(ThreadClock.Seconds - started) * 1e3:F0} ms, filter {scanner.Engine}"));
        var findings = new FindingList();
        var candidates = new CandidateList();
        foreach (FileInfo file in files)
        {
            byte[] text = File.ReadAllBytes(file.FullName);
            ScanStatus status = ScanStatus.Complete;
            double seconds = ThreadClock.Best(() => status = scanner.Scan(text, findings), runs);
            Console.WriteLine(Line($"{file.Name} {text.Length / seconds / 1e9:F3} GB/s, {findings.Count} findings, {status}"));
            if (!detail)
            {
                continue;
            }

            seconds = ThreadClock.Best(() => scanner.FindCandidates(text, candidates), runs);
            Console.WriteLine(Line($"  filter alone {text.Length / seconds / 1e9:F3} GB/s, {candidates.Count * 1024.0 / text.Length:F2} candidates a KiB"));
            foreach (var group in candidates.Items.ToArray().GroupBy(c => c.Atom).OrderByDescending(g => g.Count()).Take(25))
            {
                Console.WriteLine(Line($"  {group.Count() * 1024.0 / text.Length,8:F3} a KiB {scanner.DescribeAtom(group.Key)}"));
            }

            foreach (var group in findings.Items.ToArray().GroupBy(f => f.Rule).OrderByDescending(g => g.Count()))
            {
                Console.WriteLine(Line($"  {group.Count(),8} {set[group.Key].Id}"));
            }
        }

        return 0;
    }

    private static IEnumerable<ScanRule> Load(string rules)
    {
        if (rules.EndsWith(".tsv", StringComparison.Ordinal))
        {
            return File.ReadLines(rules).Select(line => line.Split('\t')).Select(f => new ScanRule { Id = f[1], Pattern = f[3] });
        }

        RuleLoad load = RuleLoad.From(new RuleSource([rules], Profile.Default));
        return load.Rules is null ? throw new InvalidDataException(string.Join('\n', load.Mistakes)) : load.Rules.Rules.Select(r => r.Scan);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
