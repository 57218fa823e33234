namespace Redactor.Scanning.Tests.Judging;

public class NameExceptionTests
{
    private static readonly ScanRule[] Rules = [new() { Id = "r", Pattern = "(?i)token\\W{1,4}([a-z0-9]{4,})", Except = ["next", "arn"] }];

    [Theory]
    [InlineData("{\"nextToken\": \"abcd1\"}")]
    [InlineData("NEXT_TOKEN=abcd1")]
    [InlineData("the next token: abcd1")]
    [InlineData("nextPageToken=abcd1")]
    [InlineData("arn:vendor:012345678901:token:abcd1")]
    public void A_value_whose_name_has_an_excepted_word_stays(string text) => Assert.Empty(Find.All(Rules, text));

    [Theory]
    [InlineData("{\"textToken\": \"abcd1\"}")]
    [InlineData("{\"next\": 1, \"token\": \"abcd1\"}")]
    [InlineData("next in line, token: abcd1")]
    [InlineData("next of the token: abcd1")]
    [InlineData("token=abcd1, next=1")]
    public void A_word_that_belongs_to_another_name_or_starts_none_changes_nothing(string text) => Assert.Equal(["abcd1"], Find.All(Rules, text));

    [Fact]
    public void The_word_is_looked_for_at_most_64_bytes_before_the_match()
    {
        Assert.Empty(Find.All(Rules, "next" + new string('_', 60) + "token=abcd1"));
        Assert.Equal(["abcd1"], Find.All(Rules, "next" + new string('_', 61) + "token=abcd1"));
    }

    [Fact]
    public void An_empty_word_is_refused() =>
        Assert.Equal("except", Scanner.Validate(Rules[0] with { Except = [""] })!.Field);
}
