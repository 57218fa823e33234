using Redactor.Rules;

namespace Redactor.Tests.Rules;

public sealed class ExampleCheckTests
{
    [Theory]
    [InlineData("{match: ['acme_{hex:8}'], ignore: ['acme_{hex:7}']}", null)]
    [InlineData("{match: [{acme-token: anything}], ignore: [{acme-name: anything}]}", null)]
    [InlineData("{match: [{other: 'acme_{hex:8}'}]}", null)]
    [InlineData("{match: ['acme_{hex:7}']}", "match example is not found; 'redactor explain TEXT --rules FILE' tells why")]
    [InlineData("{match: ['acme_{hex:8} acme_{hex:8}']}", null)]
    [InlineData("{match: ['acme_{hex:9}']}", "match example is found, but a part that was filled in stays readable")]
    [InlineData("{match: ['acme_{hex:8} {hex:4}']}", "match example is found, but a part that was filled in stays readable")]
    [InlineData("{ignore: ['acme_{hex:8}']}", "ignore example is found, bytes 5 to 13")]
    [InlineData("{ignore: [{ACME_TOKEN: x}]}", "ignore example is masked because of its name \"ACME_TOKEN\"")]
    [InlineData("{match: ['first_{hex:8}']}", "match example is not found; 'redactor explain TEXT --rules FILE' tells why")]
    [InlineData("{match: [{first: x}]}", "match example \"first\" is taken by the rule first, which stands before this one")]
    public void An_example_holds_or_says_why_not(string examples, string? expected)
    {
        string yaml = $"- {{id: first, pattern: 'first_[0-9a-f]{{8}}', keys: [first]}}\n- {{id: acme, pattern: 'acme_([0-9a-f]{{8}})', keys: [acme-token, first], examples: {examples}}}\n";

        Assert.Equal(expected, Failures(yaml).SingleOrDefault()?.Message);
    }

    [Fact]
    public void A_failure_names_the_line_and_column_of_the_example()
    {
        var failure = Assert.Single(Failures("- id: acme\n  pattern: acme_x\n  examples:\n    match:\n      - acme_x\n      - acme_y\n"));

        Assert.Equal((6, 9, "acme"), (failure.Line, failure.Column, failure.RuleId));
    }

    private static RuleMistake[] Failures(string yaml) => [.. ExampleCheck.Run(RuleText.Compile(yaml))];
}
