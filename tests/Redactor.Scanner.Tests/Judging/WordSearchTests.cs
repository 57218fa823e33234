using System.Text;
using Redactor.Scanning.Judging;

namespace Redactor.Scanning.Tests.Judging;

public class WordSearchTests
{
    private static readonly string[] Words = ["example", "_here", "..", "\u2026", "exam"];

    [Theory]
    [InlineData("an EXAMple", true)]
    [InlineData("exa mple", false)]
    [InlineData("go_HERE", true)]
    [InlineData("go\u007fhere", false)] // shares its low bits with '_'
    [InlineData("a..", true)]
    [InlineData("wait\u2026", true)]
    [InlineData("exa", false)]
    [InlineData("", false)]
    [InlineData("e", false)]
    public void A_word_is_found_in_any_case(string text, bool expected) =>
        Assert.Equal(expected, new WordSearch(ignoreCase: true, Words).IsIn(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Case_counts_where_it_is_asked_for()
    {
        var search = new WordSearch(ignoreCase: false, "[MASKED", "%s");
        Assert.True(search.IsIn("a [MASKED] b"u8));
        Assert.False(search.IsIn("a [masked] b"u8));
        Assert.False(search.IsIn("%S"u8));
    }

    [Fact]
    public void At_every_place_it_says_what_a_plain_search_says()
    {
        var random = new Random(1);
        var search = new WordSearch(ignoreCase: true, Words);
        for (int i = 0; i < 20_000; i++)
        {
            string text = random.GetString("examplEXAMPL_her.E", random.Next(12));
            Assert.Equal(Words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)), search.IsIn(Encoding.UTF8.GetBytes(text)));
        }
    }
}
