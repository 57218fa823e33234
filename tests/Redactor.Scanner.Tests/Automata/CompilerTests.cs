using Redactor.Scanning.Automata;
using Redactor.Scanning.Expressions;
using Redactor.Scanning.Tests.Differential;

namespace Redactor.Scanning.Tests.Automata;

public class CompilerTests
{
    [Fact]
    public void A_program_is_counted_before_it_is_made_and_has_no_instruction_that_nothing_leads_to()
    {
        var generator = new PieceGenerator(new Random(1));
        string[] repeats = ["a{0}b", "a{3,}", "(?:a?){0,}", "(?:a*)*", "(?:a*)+b", "(?:(?:ab){2,5}){3}", "(a|b|(c))*", "a{2,4}?|"];
        foreach (string pattern in repeats.Concat(Enumerable.Range(0, 1000).Select(_ => Re2Writer.Write(generator.Next()))))
        {
            Program program = Compiler.Compile(ExpressionParser.Parse(pattern));
            Assert.All(Enumerable.Range(0, program.Code.Length), pc => Assert.True(program.Leads(program.Start, pc), $"nothing leads to {pc} of {pattern}"));
        }
    }

    [Fact]
    public void Bytes_are_of_one_class_if_no_instruction_tells_them_apart()
    {
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            ByteSet[] sets = [.. Enumerable.Range(0, random.Next(20)).Select(_ => ByteSet.Range((byte)random.Next(256), (byte)random.Next(256)))];
            var classes = new ByteClasses(sets);
            string[] kinds = [.. Enumerable.Range(0, 256).Select(b => string.Concat(sets.Select(set => set.Contains((byte)b) ? '1' : '0')))];
            Assert.Equal(kinds.Distinct().Count(), classes.Count);
            Assert.All(Enumerable.Range(0, 256), b => Assert.Equal(kinds[b], kinds[classes.Representatives[classes.OfByte[b]]]));
        }
    }
}
