using System.Text;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Tests.Rules;

[Collection(ProcessMemory.Name)]
public sealed class CompiledSetTests
{
    /// <summary>What a compiled set may take with its caches, in bytes.</summary>
    private const long MostBytes = 16 << 20;

    [Fact]
    public void The_delivered_rules_with_warm_automata_take_less_than_16_MiB()
    {
        RuleSet delivered = RuleLoad.From(new RuleSource([RuleSource.DefaultPatterns[0]], Profile.Strict)).Rules!;
        ScanRule[] rules = [.. delivered.Rules.Select(rule => rule.Scan)];
        byte[][] texts = [.. delivered.Rules.SelectMany(rule => rule.Scan.Keys.Append(rule.Id).Append(rule.Scan.Pattern ?? "")).Select(Surroundings)];
        var findings = new FindingList();
        Warm(Scanner.Compile(rules), texts, findings);

        long before = GC.GetTotalMemory(forceFullCollection: true);
        Scanner scanner = Scanner.Compile(rules);
        Warm(scanner, texts, findings);
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(scanner);

        Assert.InRange(held, 1, MostBytes);
    }

    /// <summary>Text in which much looks like the start of a secret: automata grow by what they meet.</summary>
    private static byte[] Surroundings(string word)
    {
        var random = new Random(word.Length);
        return Encoding.UTF8.GetBytes($"{word}={random.GetString("ABCDEFabcdef0123456789_-", 64)} {word}: \"{random.GetString("ghijkl0123456789+/", 48)}\" {random.GetString("0123456789 -.", 64)}@{word}.example");
    }

    private static void Warm(Scanner scanner, byte[][] texts, FindingList findings)
    {
        foreach (byte[] text in texts)
        {
            scanner.Scan(text, findings);
        }
    }
}
