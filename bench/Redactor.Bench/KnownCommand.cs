using System.CommandLine;
using System.Globalization;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Bench;

/// <summary><c>known FILE...</c>: what known values cost beside the default rules, for a text as a whole and cut into short ones; with and without in turns.</summary>
internal static class KnownCommand
{
    private const int Runs = 7;
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    internal static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Texts to scan, with few or no findings of their own.", Arity = ArgumentArity.OneOrMore };
        var counts = new Option<int[]>("--count") { Description = "Numbers of values.", DefaultValueFactory = _ => [5_000, 100_000], AllowMultipleArgumentsPerToken = true };
        var shortest = new Option<int>("--shortest") { Description = "Length of the shortest value in bytes.", DefaultValueFactory = _ => 16 };
        var longest = new Option<int>("--longest") { Description = "Length of the longest.", DefaultValueFactory = _ => 40 };
        var alphabet = new Option<string>("--alphabet") { Description = "The characters of values.", DefaultValueFactory = _ => LettersAndDigits };
        var lengths = new Option<int[]>("--length") { Description = "Bytes a call; 0 for the whole text.", DefaultValueFactory = _ => [0, 64, 256, 1024, 2000], AllowMultipleArgumentsPerToken = true };
        var command = new Command("known", "Prints GB/s of thread CPU time and ns a call of the default rules, alone and beside known values.") { files, counts, shortest, longest, alphabet, lengths };
        command.SetAction(parsed =>
        {
            byte[] characters = [.. parsed.GetValue(alphabet)!.Select(c => (byte)c)];
            (int least, int most) = (parsed.GetValue(shortest), parsed.GetValue(longest));
            Run(parsed.GetValue(files)!, parsed.GetValue(lengths)!, parsed.GetValue(counts)!, (random, count, rule) =>
                [.. Enumerable.Range(0, count).Select(_ => new ExactValue(rule, random.GetItems<byte>(characters, random.Next(least, most + 1))))]);
        });
        return command;
    }

    private static void Run(FileInfo[] files, int[] lengths, int[] counts, Func<Random, int, int, ExactValue[]> values)
    {
        RuleLoad load = RuleLoad.From(new RuleSource([RuleSource.DefaultPatterns[0]], Profile.Default));
        ScanRule[] rules = [.. (load.Rules ?? throw new InvalidDataException(string.Join('\n', load.Mistakes))).Rules.Select(r => r.Scan), new ScanRule { Id = "known", Keys = ["known"] }];
        Scanner[] scanners =
        [
            Scanner.Compile(rules),
            .. counts.Select(count => Scanner.Compile(rules, new ScannerOptions { Values = [new ExactValues(values(new Random(1), count, rules.Length - 1))] })),
        ];
        var findings = new FindingList();
        foreach (FileInfo file in files)
        {
            byte[] text = File.ReadAllBytes(file.FullName);
            foreach (int length in lengths)
            {
                int bytes = length == 0 ? text.Length : length;
                Print(length == 0 ? file.Name : $"  {length} bytes a call", counts, text.Length / bytes * bytes, scanners, scanner => Scan(scanner, text, bytes, findings));
            }
        }
    }

    private static void Print(string what, int[] counts, int scanned, Scanner[] scanners, Action<Scanner> scan)
    {
        double[] seconds = ThreadClock.BestInTurns(Runs, [.. scanners.Select(scanner => (Action)(() => scan(scanner)))]);
        IEnumerable<string> columns = seconds.Select((time, i) => string.Create(
            CultureInfo.InvariantCulture, $"{(i == 0 ? "none" : counts[i - 1])} {time * 1e9 * 1024 / scanned:F0} ({seconds[0] / time:F3}x)"));
        Console.WriteLine($"{what}: ns a KiB with {string.Join(", ", columns)}");
    }

    private static void Scan(Scanner scanner, byte[] text, int length, FindingList findings)
    {
        for (int at = 0; at <= text.Length - length; at += length)
        {
            scanner.Scan(text.AsSpan(at, length), findings);
        }
    }
}
