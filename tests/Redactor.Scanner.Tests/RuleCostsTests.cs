namespace Redactor.Scanning.Tests;

public sealed class RuleCostsTests
{
    private static readonly Scanner Rules = Scanner.Compile(
    [
        new ScanRule { Id = "card", Pattern = @"card: ([0-9]{16})\b", Check = "luhn" },
        new ScanRule { Id = "never", Pattern = "nevermore" },
    ]);

    [Fact]
    public void What_rules_do_is_counted_while_the_thread_is_observed()
    {
        byte[] text = "card: 4111111111111111, card: 4111111111111112, card: 41111111111111110"u8.ToArray();
        var findings = new FindingList();
        var costs = new RuleCosts(Rules);
        Rules.Scan(text, findings);
        var unobserved = findings.Items.ToArray();

        Scanner.Observe(costs);
        Rules.Scan(text, findings);
        Scanner.Observe(null);
        var observed = findings.Items.ToArray();
        Rules.Scan(text, findings);

        Assert.Equal(unobserved, observed);
        Assert.Equal((3, 1, 1), (costs.ByRule[0].Candidates, costs.ByRule[0].Accepted, costs.ByRule[0].Rejected));
        Assert.NotEqual(TimeSpan.Zero, costs.ByRule[0].Elapsed);
        Assert.Equal(default, costs.ByRule[1]);
    }

    [Fact]
    public void Scans_of_another_scanner_are_not_counted()
    {
        var costs = new RuleCosts(Rules);
        var other = Scanner.Compile([new ScanRule { Id = "a", Pattern = "a" + "lpha" }]);

        Scanner.Observe(costs);
        other.Scan("alpha"u8, new FindingList());
        Scanner.Observe(null);

        Assert.Equal(default, costs.ByRule[0]);
    }
}
