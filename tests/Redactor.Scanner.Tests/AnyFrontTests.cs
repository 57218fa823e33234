namespace Redactor.Scanning.Tests;

public class AnyFrontTests
{
    // All of one atom; the first three start a varying distance before it, the last at it.
    private static readonly ScanRule[] Rules =
    [
        new() { Id = "acme", Pattern = @"(?i)acme[a-z_ ]{0,9}token=(\d{4,8})\b" },
        new() { Id = "zeta", Pattern = @"(?i)\bzeta[a-z_ ]{0,20}token=([a-z]{4,8})\b" },
        new() { Id = "start", Pattern = @"^.{0,3}token=(\w{12})$" },
        new() { Id = "fixed", Pattern = @"(?i)token=([A-F]{4})\b" },
    ];

    [Theory]
    [InlineData("acme_token=1234", "acme")]
    [InlineData("ACME and zeta token=abcz", "zeta")]
    [InlineData("acme and more_token=1234", "")]
    [InlineData("acmetoken=abcd", "fixed")]
    [InlineData("zeta token=abcd", "fixed,zeta")]
    [InlineData("my_token=abc456789012", "start")]
    [InlineData("any_token=abc456789012", "")]
    [InlineData("token=1234 token=abcd", "fixed")]
    [InlineData("azeta token=aaaa, acme token=1234567", "acme,fixed")]
    public void Rules_that_start_before_an_atom_are_found_whichever_of_them_match(string text, string expected) =>
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), Find.Ids(Rules, text));

    [Fact]
    public void Fronts_that_are_too_large_together_are_still_looked_for_by_themselves()
    {
        ScanRule[] rules = [.. Enumerable.Range(0, 6).Select(i => new ScanRule { Id = $"r{i}", Pattern = $"{(char)('A' + i)}((?:[a-z0-9]-?){{4,1000}})=token" })];
        var findings = new FindingList();
        var scanner = Scanner.Compile(rules);
        Assert.Null(scanner.Atoms.AnyFront[0]);
        Assert.NotNull(Scanner.Compile(rules[..2]).Atoms.AnyFront[0]);
        scanner.Scan("Dd1234=token F5678=token"u8, findings);
        Assert.Equal([3, 5], findings.Items.ToArray().Select(f => f.Rule));
    }
}
