using System.CommandLine;
using System.Globalization;
using System.Text;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Bench;

/// <summary><c>growth FILE</c>: how the scanner's speed changes with the number of rules, of findings, and with the length of the text.</summary>
internal static class GrowthCommand
{
    private const int Runs = 5;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    internal static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Text to scan, with few or no findings of its own." };
        var command = new Command("growth", "Prints GB/s of thread CPU time against rules and findings, and ns a call for short texts.") { file };
        command.SetAction(parsed => Run(File.ReadAllBytes(parsed.GetValue(file)!.FullName)));
        return command;
    }

    private static void Run(byte[] text)
    {
        RuleLoad load = RuleLoad.From(new RuleSource([RuleSource.DefaultPatterns[0]], Profile.Default));
        ScanRule[] rules = [.. (load.Rules ?? throw new InvalidDataException(string.Join('\n', load.Mistakes))).Rules.Select(r => r.Scan)];

        Print("rules | GB/s | compiled in ms | MiB kept");
        foreach (int count in (int[])[10, 50, 250, rules.Length, 1000, 2000])
        {
            PrintScan(count.ToString(CultureInfo.InvariantCulture), Take(rules, count), text);
        }

        Scanner scanner = Scanner.Compile(rules);
        Print("a finding each bytes | GB/s | findings");
        foreach (int distance in (int[])[0, 65_536, 10_000, 1_000, 300, 100])
        {
            byte[] planted = Plant(text, distance);
            var findings = new FindingList();
            double seconds = ThreadClock.Best(() => scanner.Scan(planted, findings), Runs);
            Print($"{(distance == 0 ? "none planted" : distance)} | {planted.Length / seconds / 1e9:F3} | {findings.Count}");
        }

        Print("bytes a call | ns a call");
        foreach (int length in (int[])[16, 64, 256, 1024, 4096])
        {
            Print($"{length} | {Short(scanner, text, length):F0}");
        }
    }

    /// <summary>A sample of the rules, evenly spread; behind the last one made-up vendors' keys.</summary>
    private static ScanRule[] Take(ScanRule[] rules, int count) => count <= rules.Length
        ? [.. Enumerable.Range(0, count).Select(i => rules[(int)((long)i * rules.Length / count)])]
        : [.. rules, .. Enumerable.Range(0, count - rules.Length).Select(MadeUp)];

    private static ScanRule MadeUp(int seed)
    {
        string vendor = Encoding.ASCII.GetString(Token(seed, 5)).ToLowerInvariant();
        return new ScanRule { Id = string.Create(CultureInfo.InvariantCulture, $"made-up-{seed}"), Pattern = $@"\b{vendor}_(?:live|test)_([A-Za-z0-9]{{24,40}})\b" };
    }

    private static byte[] Token(int seed, int length) => new Random(seed).GetItems<byte>([.. Alphabet.Select(c => (byte)c)], length);

    private static byte[] Plant(byte[] text, int distance)
    {
        if (distance == 0)
        {
            return text;
        }

        var planted = new MemoryStream();
        for (int at = 0, seed = 0; at < text.Length; at += distance, seed++)
        {
            planted.Write(text, at, Math.Min(distance, text.Length - at));
            planted.Write([.. " gh"u8, .. "p_"u8, .. Token(seed, 36), (byte)' ']);
        }

        return planted.ToArray();
    }

    private static void PrintScan(string label, IReadOnlyList<ScanRule> rules, byte[] text)
    {
        var findings = new FindingList();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        double started = ThreadClock.Seconds;
        Scanner scanner = Scanner.Compile(rules);
        double compiled = ThreadClock.Seconds - started;
        double seconds = ThreadClock.Best(() => scanner.Scan(text, findings), Runs);
        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(scanner);
        Print($"{label} | {text.Length / seconds / 1e9:F3} | {compiled * 1e3:F0} | {kept / 1048576.0:F1}");
    }

    private static double Short(Scanner scanner, byte[] text, int length)
    {
        int calls = Math.Min(100_000, text.Length / length);
        var findings = new FindingList();
        double seconds = ThreadClock.Best(
            () =>
            {
                for (int i = 0; i < calls; i++)
                {
                    scanner.Scan(text.AsSpan(i * length, length), findings);
                }
            },
            Runs);
        return seconds * 1e9 / calls;
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Print(string text) => Console.WriteLine(text);
}
