namespace Redactor.Scanning.Tests;

public class AnyRuleTests
{
    // All of one atom; the first three start at it, the last a varying distance before.
    private static readonly ScanRule[] Rules =
    [
        new() { Id = "digits", Pattern = @"token=(\d{4,8})\b" },
        new() { Id = "letters", Pattern = @"token=([a-z]{4,8})\b" },
        new() { Id = "word", Pattern = @"\btoken=(\w{12})$" },
        new() { Id = "varying", Pattern = @"([a-z]{1,9})_token=" },
    ];

    [Theory]
    [InlineData("token=1234 ", "digits")]
    [InlineData("token=abcd ", "letters")]
    [InlineData("token=abc456789012", "word")]
    [InlineData("my_token=", "varying")]
    [InlineData("my_token=1234", "digits,varying")]
    [InlineData("token=12 token=ab token=", "")]
    [InlineData("token=12 token=abcde token=123456", "letters,digits")]
    [InlineData("token=", "")]
    public void Rules_of_one_atom_are_found_whichever_of_them_match(string text, string expected) =>
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), Find.Ids(Rules, text));

    [Fact]
    public void Rules_that_are_too_large_together_are_still_found_for_themselves()
    {
        ScanRule[] rules = [.. Enumerable.Range(0, 6).Select(i => new ScanRule { Id = $"r{i}", Pattern = $"token=((?:[a-z0-9]-?){{4,1000}}){(char)('A' + i)}" })];
        var findings = new FindingList();
        var scanner = Scanner.Compile(rules);
        Assert.Equal(6, scanner.Atoms.Uses[0].Length);
        Assert.Null(scanner.Atoms.Any[0]);
        Assert.NotNull(Scanner.Compile(rules[..2]).Atoms.Any[0]);
        scanner.Scan("token=d1234D token=f5678F"u8, findings);
        Assert.Equal([3, 5], findings.Items.ToArray().Select(f => f.Rule));
    }
}
