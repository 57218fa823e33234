using System.Text;
using Redactor.Scanning.Automata;
using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Tests.Automata;

public class GroupStartTests
{
    private static readonly AutomatonBudget Budget = new(1 << 20, 1 << 20, 1 << 20);

    [Fact]
    public void A_group_starts_at_the_only_place_from_which_it_can_be_read()
    {
        Assert.Equal(7, Find(@"token[\s=:]{1,3}([\w-]{3,})\b", "token= 3f-4b"));
        Assert.Equal(3, Find("(?:a|ab)(c+)", "abcc", start: 1));
        Assert.Equal(3, Find("k=é?(日+)", "k=日", start: 1)); // counted in bytes from one byte before the match
    }

    [Fact]
    public void Where_it_may_start_at_several_places_it_is_left_to_others()
    {
        Assert.Null(Find("k[a-c]{1,3}([a-z]+)", "kabcd"));
        Assert.Null(Find(@"(?:a|ab)([a-c]*b)\b", "abbb"));
    }

    [Theory]
    [InlineData("k=(a)b")] // does not end with the match
    [InlineData("k=(a*)")] // can be empty
    [InlineData("(?:k=(a)|b)$")] // a match can do without it
    [InlineData("(?:k(a))+")] // more than once
    [InlineData("(k)=(a)")]
    [InlineData("k=a")]
    public void There_is_no_such_group_in(string pattern) => Assert.Null(GroupStart.Of(Compile(pattern), Budget));

    [Fact]
    public void What_it_finds_is_what_trying_every_way_finds()
    {
        string[] patterns =
        [
            @"(?i)key[ _=:.-]{0,4}([a-z0-9_.-]{2,6})\b", "k(?:a|ab|abc)?=*(.{1,3})$", @"(?:x|y)*?-?([xy]+)\b", @"(?m)^[ab]*\b([a-c=]+)$", "(?s).*?=(.+)", "[^=]*=é?((?:é|a)+)", @"\bk{1,2}(?:=|\B)(\S+)",
        ];
        string[] pieces = ["key", "k", "a", "b", "c", "x", "y", "=", "=", "-", " ", ".", "é", "\n"];
        var random = new Random(1);
        var groups = new GroupFinder();
        foreach (string pattern in patterns)
        {
            Program program = Compile(pattern);
            var automaton = new LazyDfa(program, Budget);
            GroupStart groupStart = GroupStart.Of(program, Budget)!;
            int found = 0;
            for (int i = 0; i < 3_000; i++)
            {
                byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(16)).Select(_ => pieces[random.Next(pieces.Length)])));
                long steps = 0;
                for (int start = 0; start < text.Length; start++)
                {
                    int end = automaton.Match(text, start, text.Length, ref steps, out _);
                    if (end > start && groupStart.TryFind(text, start, end, ref steps, out int at))
                    {
                        Assert.True(groups.TryFind(program, text, start, end, ref steps, out int expected, out int expectedEnd));
                        Assert.Equal((expected, expectedEnd), (at, end));
                        found++;
                    }
                }
            }

            Assert.True(found > 100, $"{pattern}: {found}");
        }
    }

    /// <summary>Where the group starts in what matches at <paramref name="start"/>, before which that many bytes stand; null if that is not told.</summary>
    private static int? Find(string pattern, string match, int start = 0)
    {
        byte[] text = [.. Enumerable.Repeat((byte)'.', start), .. Encoding.UTF8.GetBytes(match)];
        long steps = 0;
        return GroupStart.Of(Compile(pattern), Budget)!.TryFind(text, start, text.Length, ref steps, out int at) ? at : null;
    }

    private static Program Compile(string pattern) => Compiler.Compile(ExpressionParser.Parse(pattern));
}
