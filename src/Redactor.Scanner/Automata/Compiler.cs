using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Automata;

/// <summary>
/// Turns a tree into instructions, from the end to the start: every node is compiled knowing where the match goes on behind it, so all ways
/// out of an optional part lead to one instruction.
/// </summary>
internal sealed class Compiler
{
    private readonly Instruction[] code;
    private readonly List<ByteSet> sets = [];
    private readonly Dictionary<ByteSet, int> setNumbers = [];
    private int count;
    private int groups;

    private Compiler(long size)
    {
        if (size > ScanLimits.MaxProgramSize)
        {
            throw new ExpressionException(0, $"the expression compiles to more than {ScanLimits.MaxProgramSize} instructions; use smaller counts or * and +");
        }

        code = new Instruction[size];
    }

    /// <summary>Compiles <paramref name="node"/>.</summary>
    /// <exception cref="ExpressionException">It needs more than <see cref="ScanLimits.MaxProgramSize"/> instructions.</exception>
    internal static Program Compile(Node node)
    {
        var compiler = new Compiler(1 + Size(node));
        int match = compiler.Add(new Instruction(Op.Match, 0, 0));
        int start = compiler.Emit(node, match);
        return new Program(compiler.code, [.. compiler.sets], start, compiler.groups);
    }

    /// <summary>Whether <paramref name="node"/> can match nothing.</summary>
    internal static bool CanBeEmpty(Node node) => node switch
    {
        Node.Bytes or Node.NonAscii => false,
        Node.Concat c => c.Items.All(CanBeEmpty),
        Node.Alternate a => a.Items.Any(CanBeEmpty),
        Node.Repeat r => r.Min == 0 || CanBeEmpty(r.Item),
        Node.Group g => CanBeEmpty(g.Item),
        _ => true,
    };

    /// <summary>How many instructions a node compiles to.</summary>
    private static long Size(Node node)
    {
        switch (node)
        {
            case Node.Concat c:
                return c.Items.Sum(Size);
            case Node.Alternate a:
                return a.Items.Sum(Size) + a.Items.Count - 1;
            case Node.Group g:
                return Size(g.Item) + 2;
            case Node.Repeat r:
                long item = Size(r.Item);
                return r.Max != Node.Unbounded ? (r.Max * item) + r.Max - r.Min
                    : (Math.Max(1, r.Min) * item) + (r.Min == 0 && CanBeEmpty(r.Item) ? 2 : 1);
            default:
                return 1;
        }
    }

    private int Emit(Node node, int next)
    {
        switch (node)
        {
            case Node.Bytes b:
                return Add(new Instruction(Op.Byte, next, SetNumber(b.Set)));
            case Node.NonAscii n:
                return Add(new Instruction(Op.NonAscii, next, n.FlawsOnly ? 1 : 0));
            case Node.Assert a:
                return Add(new Instruction(Op.Assert, next, (int)a.Kind));
            case Node.Concat c:
                return c.Items.Reverse().Aggregate(next, (after, item) => Emit(item, after));
            case Node.Alternate a:
                return EmitAlternate(a, next);
            case Node.Group g:
                groups = Math.Max(groups, g.Index);
                int end = Add(new Instruction(Op.Save, next, (2 * (g.Index - 1)) + 1));
                return Add(new Instruction(Op.Save, Emit(g.Item, end), 2 * (g.Index - 1)));
            case Node.Repeat r:
                return EmitRepeat(r, next);
            default:
                throw new InvalidOperationException(node.GetType().Name);
        }
    }

    private int EmitAlternate(Node.Alternate alternate, int next)
    {
        int start = Emit(alternate.Items[^1], next);
        for (int i = alternate.Items.Count - 2; i >= 0; i--)
        {
            start = Add(new Instruction(Op.Split, Emit(alternate.Items[i], next), start));
        }

        return start;
    }

    private int EmitRepeat(Node.Repeat repeat, int next)
    {
        int start = next;
        int fixedCopies = repeat.Min;
        if (repeat.Max == Node.Unbounded)
        {
            start = EmitLoop(repeat, next);
            fixedCopies = Math.Max(0, repeat.Min - 1);
        }
        else
        {
            for (int i = repeat.Min; i < repeat.Max; i++)
            {
                start = Split(repeat.Greedy, Emit(repeat.Item, start), next);
            }
        }

        for (int i = 0; i < fixedCopies; i++)
        {
            start = Emit(repeat.Item, start);
        }

        return start;
    }

    /// <summary><c>x+</c>, and <c>x*</c> as <c>(x+)?</c> where x can be empty, as RE2 does: else a loop's first empty turn would count as none.</summary>
    private int EmitLoop(Node.Repeat repeat, int next)
    {
        int loop = Add(default);
        int body = Emit(repeat.Item, loop);
        code[loop] = repeat.Greedy ? new Instruction(Op.Split, body, next) : new Instruction(Op.Split, next, body);
        if (repeat.Min > 0)
        {
            return body;
        }

        return CanBeEmpty(repeat.Item) ? Split(repeat.Greedy, body, next) : loop;
    }

    private int Split(bool greedy, int body, int next) =>
        Add(greedy ? new Instruction(Op.Split, body, next) : new Instruction(Op.Split, next, body));

    private int SetNumber(ByteSet set)
    {
        if (!setNumbers.TryGetValue(set, out int number))
        {
            number = sets.Count;
            sets.Add(set);
            setNumbers.Add(set, number);
        }

        return number;
    }

    private int Add(Instruction instruction)
    {
        code[count] = instruction;
        return count++;
    }
}
