namespace Redactor.Scanning.Automata;

/// <summary>What an instruction does.</summary>
internal enum Op : byte
{
    /// <summary>Takes one byte of a set.</summary>
    Byte,

    /// <summary>Takes one character beyond ASCII (<see cref="NonAsciiChar"/>), or only a flawed one.</summary>
    NonAscii,

    /// <summary>Goes on in two places, the first preferred.</summary>
    Split,

    /// <summary>Goes on where a condition holds.</summary>
    Assert,

    /// <summary>Notes the place: the start (even slot) or end (odd slot) of a group.</summary>
    Save,

    /// <summary>A match.</summary>
    Match,
}

/// <summary>One instruction.</summary>
/// <param name="Op">What it does.</param>
/// <param name="Next">Where it goes on.</param>
/// <param name="Argument">The other branch of a split, the set of a byte, the kind of an assertion, the slot of a save; 1 where only flaws are taken.</param>
internal readonly record struct Instruction(Op Op, int Next, int Argument);

/// <summary>An expression as instructions of a non-deterministic automaton, anchored at its start. Immutable.</summary>
internal sealed class Program
{
    internal Program(Instruction[] code, ByteSet[] sets, int start, int groups)
        : this(code, sets, ByteClasses.Of(code, sets), start, groups)
    {
    }

    private Program(Instruction[] code, ByteSet[] sets, ByteClasses classes, int start, int groups)
    {
        Code = code;
        Sets = sets;
        Classes = classes;
        Start = start;
        Groups = groups;
        if (groups > 0)
        {
            Joins = CountJoins(code, start, out int joins);
            JoinCount = joins;
        }
    }

    internal Instruction[] Code { get; }

    internal ByteSet[] Sets { get; }

    /// <summary>Which bytes it does not tell apart.</summary>
    internal ByteClasses Classes { get; }

    internal int Start { get; }

    /// <summary>How many groups capture.</summary>
    internal int Groups { get; }

    /// <summary>For each instruction that more than one leads to, its number among those; else -1. Only there can two ways meet. Empty if no group captures.</summary>
    internal int[] Joins { get; } = [];

    internal int JoinCount { get; }

    /// <summary>What starts at the instruction <paramref name="start"/>, without its groups.</summary>
    internal Program From(int start) => new(Code, Sets, Classes, start, groups: 0);

    /// <summary>The match.</summary>
    internal int End => Array.FindIndex(Code, i => i.Op == Op.Match);

    /// <summary>Whether some way leads from the instruction <paramref name="from"/> to <paramref name="to"/>, and not through <paramref name="without"/>.</summary>
    internal bool Leads(int from, int to, int without = -1)
    {
        bool[] seen = new bool[Code.Length];
        Stack<int> pending = new([from]);
        while (pending.TryPop(out int pc))
        {
            if (pc == to)
            {
                return true;
            }

            if (pc != without && !seen[pc] && Code[pc].Op != Op.Match)
            {
                seen[pc] = true;
                pending.Push(Code[pc].Next);
                if (Code[pc].Op == Op.Split)
                {
                    pending.Push(Code[pc].Argument);
                }
            }
        }

        return false;
    }

    private static int[] CountJoins(Instruction[] code, int start, out int joins)
    {
        int[] into = new int[code.Length];
        into[start]++;
        foreach (Instruction i in code)
        {
            if (i.Op != Op.Match)
            {
                into[i.Next]++;
            }

            if (i.Op == Op.Split)
            {
                into[i.Argument]++;
            }
        }

        joins = 0;
        for (int pc = 0; pc < into.Length; pc++)
        {
            into[pc] = into[pc] > 1 ? joins++ : -1;
        }

        return into;
    }
}
