using Redactor.Files;

namespace Redactor.Tests.Files;

/// <summary>The expectations are what <c>git check-ignore</c> 2.39 answers for paths whose folders are not ignored.</summary>
public sealed class IgnorePatternTests
{
    [Theory]
    [InlineData("*.log", "a.log")]
    [InlineData("*.log", "deep/down/a.log")]
    [InlineData("/a.log", "a.log")]
    [InlineData("a/b", "a/b")]
    [InlineData("a?c", "x/abc")]
    [InlineData("**/b", "b")]
    [InlineData("**/b", "a/x/b")]
    [InlineData("a/**/b", "a/b")]
    [InlineData("a/**/b", "a/x/y/b")]
    [InlineData("a/**", "a/x/y")]
    [InlineData("a**b", "axxb")]
    [InlineData("[a-c]x", "bx")]
    [InlineData("[!a-c]x", "dx")]
    [InlineData("[^a-c]x", "dx")]
    [InlineData("[]a]x", "]x")]
    [InlineData("[[:digit:]_]x", "7x")]
    [InlineData("[a\\]]x", "]x")]
    [InlineData("\\#x", "#x")]
    [InlineData("\\!x", "!x")]
    [InlineData("x\\ ", "x ")]
    [InlineData("x   ", "x")]
    [InlineData("x\r", "x")]
    [InlineData("a+(b).c", "a+(b).c")]
    [InlineData("*", "x/y")]
    [InlineData("a/*", "a/b")]
    public void A_pattern_names_a_path(string pattern, string path) => Assert.True(IgnorePattern.Parse(pattern)!.Matches(path, isDirectory: false));

    [Theory]
    [InlineData("*.log", "a.log.txt")]
    [InlineData("/a.log", "b/a.log")]
    [InlineData("a/b", "x/a/b")]
    [InlineData("a/*", "a/b/c")]
    [InlineData("a?c", "a/c")]
    [InlineData("a/**", "a")]
    [InlineData("a/**/b", "ab")]
    [InlineData("a[!b]c", "a/c")]
    [InlineData("build/", "build")]
    [InlineData("A", "a")]
    public void A_pattern_does_not_name_a_path(string pattern, string path) => Assert.False(IgnorePattern.Parse(pattern)!.Matches(path, isDirectory: false));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("# note")]
    [InlineData("/")]
    [InlineData("a[b")]
    [InlineData("a\\")]
    [InlineData("[z-a]")]
    [InlineData("[[:word:]]")]
    public void A_line_that_matches_nothing_is_no_pattern(string line) => Assert.Null(IgnorePattern.Parse(line));

    [Fact]
    public void A_slash_at_the_end_asks_for_a_folder() => Assert.True(IgnorePattern.Parse("build/")!.Matches("x/build", isDirectory: true));
}
