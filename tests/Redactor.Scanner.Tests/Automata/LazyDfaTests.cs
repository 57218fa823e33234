using System.Text;
using Redactor.Scanning.Automata;
using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Tests.Automata;

public class LazyDfaTests
{
    private const string Exploding = "(?:a|b)*a(?:a|b){12}x";
    private const int Plenty = 64 << 20;

    private static AutomatonBudget Budget(int most) => new(Plenty, most, most);

    [Fact]
    public void A_cache_that_is_dropped_in_the_middle_of_a_match_changes_no_answer()
    {
        var random = new Random(1);
        string[] patterns = [Exploding, "(?:a|b)*?a(?:a|b){5}\\b", "(?m)^(?:[ab]*\\n?){1,3}$", ".{2,9}x", "[^a]{0,5}(?:é|b)+"];
        foreach (string pattern in patterns)
        {
            Program program = Compiler.Compile(ExpressionParser.Parse(pattern));
            var large = new LazyDfa(program, Budget(Plenty));
            LazyDfa[] small = [new(program, Budget(0)), new(program, Budget(500)), new(program, Budget(4000))];
            for (int i = 0; i < 300; i++)
            {
                byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => "aaabbbx\né "[random.Next(10)])));
                for (int start = 0; start < text.Length; start += 7)
                {
                    int limit = random.Next(start, text.Length + 1);
                    var expected = Match(large, text, start, limit);
                    Assert.All(small, dfa => Assert.Equal(expected, Match(dfa, text, start, limit)));
                }
            }
        }
    }

    [Fact]
    public void A_match_is_cut_only_where_the_next_byte_would_have_gone_on_with_it()
    {
        var dfa = new LazyDfa(Compiler.Compile(ExpressionParser.Parse("k[a-z]{2,}")), Budget(Plenty));
        Assert.Equal((4, true), Match(dfa, "kabcd"u8, 0, 4));
        Assert.Equal((4, false), Match(dfa, "kabc="u8, 0, 4));
        Assert.Equal((4, false), Match(dfa, "kabc"u8, 0, 4));
        Assert.Equal((-1, false), Match(dfa, "kabc"u8, 0, 2));
    }

    [Fact]
    public void Building_states_over_and_over_counts_as_steps()
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("aabab", 20)));
        Program program = Compiler.Compile(ExpressionParser.Parse(Exploding));
        var (large, small) = (new LazyDfa(program, Budget(Plenty)), new LazyDfa(program, Budget(0)));
        long few = 0, many = 0;
        large.Match(text, 0, text.Length, ref few, out _);
        small.Match(text, 0, text.Length, ref many, out _);
        Assert.Equal(text.Length, few);
        Assert.True(many > 10 * few);
    }

    [Fact]
    public async Task Threads_that_share_an_automaton_while_it_is_built_and_dropped_get_the_same_answers()
    {
        var random = new Random(2);
        byte[][] texts = [.. Enumerable.Range(0, 40).Select(_ => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 400).Select(_ => "aabbx"[random.Next(5)]))))];
        Program program = Compiler.Compile(ExpressionParser.Parse(Exploding));
        (int, bool)[] expected = All(new LazyDfa(program, Budget(Plenty)));
        for (int round = 0; round < 5; round++)
        {
            var shared = new LazyDfa(program, Budget(20_000));
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => All(shared))));
            Assert.All(answers, answer => Assert.Equal(expected, answer));
        }

        (int, bool)[] All(LazyDfa dfa) => [.. from text in texts from start in Enumerable.Range(0, 20) select Match(dfa, text, start, text.Length)];
    }

    private static (int End, bool Cut) Match(LazyDfa dfa, ReadOnlySpan<byte> text, int start, int limit)
    {
        long steps = 0;
        int end = dfa.Match(text, start, limit, ref steps, out bool cut);
        return (end, cut);
    }
}
