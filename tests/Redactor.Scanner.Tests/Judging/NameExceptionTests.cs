namespace Redactor.Scanning.Tests.Judging;

public class NameExceptionTests
{
    private static readonly ScanRule[] Rules = [new() { Id = "r", Pattern = "(?i)token\\W{1,4}([a-z0-9]{4,})", Except = ["next-token", "page_token", "arn"] }];

    [Theory]
    [InlineData("{\"nextToken\": \"abcd1\"}")]
    [InlineData("NEXT_TOKEN=abcd1")]
    [InlineData("the next token: abcd1")]
    [InlineData("nexttoken: abcd1")]
    [InlineData("nextPageToken=abcd1")]
    [InlineData("arn:vendor:012345678901:token:abcd1")]
    public void A_value_behind_an_excepted_name_stays(string text) => Assert.Empty(Find.All(Rules, text));

    [Theory]
    [InlineData("{\"textToken\": \"abcd1\"}")]
    [InlineData("NEXT_AUTH_TOKEN=abcd1")]
    [InlineData("contextToken=abcd1")]
    [InlineData("{\"next\": 1, \"token\": \"abcd1\"}")]
    [InlineData("next in line, token: abcd1")]
    [InlineData("next of the token: abcd1")]
    [InlineData("learn:token:abcd1")]
    [InlineData("token=abcd1, nextToken=1")]
    public void Words_of_another_name_change_nothing(string text) => Assert.Equal(["abcd1"], Find.All(Rules, text));

    [Fact]
    public void The_name_is_looked_for_at_most_64_bytes_before_the_match()
    {
        Assert.Empty(Find.All(Rules, "arn" + new string('_', 61) + "token=abcd1"));
        Assert.Equal(["abcd1"], Find.All(Rules, "arn" + new string('_', 62) + "token=abcd1"));
    }

    [Fact]
    public void A_name_without_letters_is_refused() =>
        Assert.Equal("except", Scanner.Validate(Rules[0] with { Except = ["-"] })!.Field);
}
