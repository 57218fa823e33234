using System.Text;
using Redactor.Scanning.Automata;
using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Tests.Automata;

public class GroupSpanTests
{
    private static readonly AutomatonBudget Budget = new(1 << 20, 1 << 20, 1 << 20);

    [Fact]
    public void A_group_is_between_the_only_places_that_it_can_be_between()
    {
        Assert.Equal((7, 12), Find(@"token[\s=:]{1,3}([\w-]{3,})\b", "token= 3f-4b"));
        Assert.Equal((3, 5), Find("(?:a|ab)(c+)", "abcc", start: 1));
        Assert.Equal((3, 6), Find("k=é?(日+)", "k=日", start: 1)); // counted in bytes from one byte before the match
        Assert.Equal((1, 4), Find(@"(?:^|\D)(\d{3,})(?:$|\D)", ".123."));
        Assert.Equal((1, 4), Find(@"(?:^|\D)(\d{3,})(?:$|\D)", ".123"));
    }

    [Theory]
    [InlineData("k[a-c]{1,3}([a-z]+)", "kabcd")]
    [InlineData(@"(?:a|ab)([a-c]*b)\b", "abbb")]
    [InlineData("k([a-c]+)[b-d]*", "kabcd")]
    [InlineData("k(a*)=", "k=")] // empty: the whole match counts then
    public void Where_it_may_be_at_several_places_it_is_left_to_others(string pattern, string match) => Assert.Null(Find(pattern, match));

    [Theory]
    [InlineData("(?:k=(a)|b)$")] // a match can do without it
    [InlineData("(?:k(a))+")] // more than once
    [InlineData("(?:k(a)){2}")]
    [InlineData("(k)=(a)")]
    [InlineData("k=a")]
    public void There_is_no_such_group_in(string pattern) => Assert.Null(GroupSpan.Of(Compile(pattern), Budget));

    [Fact]
    public void What_it_finds_is_what_trying_every_way_finds()
    {
        string[] patterns =
        [
            @"(?i)key[ _=:.-]{0,4}([a-z0-9_.-]{2,6})\b", "k(?:a|ab|abc)?=*(.{1,3})$", @"(?:x|y)*?-?([xy]+)\b", @"(?m)^[ab]*\b([a-c=]+)$", "(?s).*?=(.+)", "[^=]*=é?((?:é|a)+)", @"(?:^|[^a-y])([a-y]{2,4})(?:$|[^a-y])", "k(.*?)=+y?", @"\bk{1,2}(?:=|\B)(\S+)",
        ];
        string[] pieces = ["key", "k", "a", "b", "c", "x", "y", "=", "=", "-", " ", ".", "é", "\n"];
        var random = new Random(1);
        var groups = new GroupFinder();
        foreach (string pattern in patterns)
        {
            Program program = Compile(pattern);
            var automaton = new LazyDfa(program, Budget);
            GroupSpan group = GroupSpan.Of(program, Budget)!;
            int found = 0;
            for (int i = 0; i < 3_000; i++)
            {
                byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(16)).Select(_ => pieces[random.Next(pieces.Length)])));
                long steps = 0;
                for (int start = 0; start < text.Length; start++)
                {
                    int end = automaton.Match(text, start, text.Length, ref steps, out _);
                    if (end <= start)
                    {
                        continue;
                    }

                    bool any = groups.TryFind(program, null, text, start, end, ref steps, out int expectedStart, out int expectedEnd);
                    Assert.Equal(any, groups.TryFind(program, group.Tail, text, start, end, ref steps, out int groupStart, out int groupEnd));
                    Assert.Equal((expectedStart, expectedEnd), (groupStart, groupEnd));
                    if (group.TryFind(text, start, end, ref steps, out groupStart, out groupEnd))
                    {
                        Assert.Equal((expectedStart, expectedEnd, true), (groupStart, groupEnd, any));
                        found++;
                    }
                }
            }

            Assert.True(found > 100, $"{pattern}: {found}");
        }
    }

    /// <summary>Where the group is in what matches at <paramref name="start"/>, before which that many bytes stand; null if that is not told.</summary>
    private static (int Start, int End)? Find(string pattern, string match, int start = 0)
    {
        byte[] text = [.. Enumerable.Repeat((byte)'.', start), .. Encoding.UTF8.GetBytes(match)];
        long steps = 0;
        return GroupSpan.Of(Compile(pattern), Budget)!.TryFind(text, start, text.Length, ref steps, out int groupStart, out int groupEnd) ? (groupStart, groupEnd) : null;
    }

    private static Program Compile(string pattern) => Compiler.Compile(ExpressionParser.Parse(pattern));
}
