using Redactor.Scanning.Automata;
using Redactor.Scanning.Expressions;
using Redactor.Scanning.Filtering;

namespace Redactor.Scanning.Tests.Automata;

public class FollowingTests
{
    [Theory]
    [InlineData("key[=:]x", "key", 0, "=:|x")]
    [InlineData("key[ ]?=", "key", 0, " =")] // "key=" is a match: what stands behind it can be anything
    [InlineData("key\\b[ ]{0,2}=[ab]", "key", 0, " =| =ab")]
    [InlineData("(?:api|my)key=(?:a|b)c", "key", 3, "=|ab|c")]
    [InlineData("(?:id|no)(?:_x)?=", "no", 0, "_=")]
    [InlineData("(?:id:|no;)x", "no", 0, ";|x")] // the way through "id" is another atom's
    [InlineData("key", "key", 0, "")]
    [InlineData("key[a-c]+;", "key", 0, "abc|abc;")] // "keya;" is a match
    public void Every_way_from_the_atom_on_counts_up_to_where_a_match_may_end(string pattern, string word, int offset, string expected)
    {
        List<ByteSet> following = Following.Of(Compiler.Compile(ExpressionParser.Parse(pattern)), offset, Word(word), 3);
        Assert.Equal(expected.Length == 0 ? [] : expected.Split('|').Select(ByteSet.Of), following);
    }

    [Fact]
    public void A_character_beyond_ascii_has_one_byte_or_more()
    {
        List<ByteSet> following = Following.Of(Compiler.Compile(ExpressionParser.Parse("key.=1")), 0, Word("key"), 3);
        Assert.Equal(ByteSet.Range(0x80, 0xFF) | ByteSet.Of((byte)'='), following[1]);
        Assert.Equal(ByteSet.Range(0x80, 0xFF) | ByteSet.Of("=1"), following[2]);
    }

    [Theory]
    [InlineData("tok(?:en)?[=:]\\d", "tok=1 token:2 tokens=3 tok 4", "tok=1|token:2")]
    [InlineData("[a-z]{0,9}pass(?:word|code)? is (\\w+)", "mypass is a1 password is b2 passport is c3", "a1|b2")]
    [InlineData("name[é:]x", "nameéx name:x nameax", "nameéx|name:x")]
    public void What_can_not_stand_behind_an_atom_is_no_candidate_and_what_can_is_found(string pattern, string text, string expected) =>
        Assert.Equal(expected.Split('|'), Find.All(pattern, text));

    [Fact]
    public void An_atom_of_two_rules_is_looked_for_by_what_either_goes_on_with()
    {
        ScanRule[] rules = [new() { Id = "a", Pattern = "secret=\\d{2}" }, new() { Id = "b", Pattern = "secret: \\d{2}" }, new() { Id = "c", Pattern = "\\w{0,5}secret;\\d{2}" }];
        Assert.Equal(["secret=12", "secret: 34", "my_secret;56"], Find.All(rules, "secret=12 secret: 34 my_secret;56 secrets 78"));
    }

    private static Atom Word(string word) => new([.. word.Select(c => ByteSet.Of((byte)c))]);
}
