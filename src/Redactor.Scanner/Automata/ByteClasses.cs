using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Automata;

/// <summary>Bytes that a program, or some sets, never tell apart are one class, so that a state's row of transitions is short: <c>sk-[a-z]+</c> has five.</summary>
internal sealed class ByteClasses
{
    internal static readonly ByteSet Word = ByteSet.Range((byte)'0', (byte)'9') | ByteSet.Range((byte)'A', (byte)'Z') | ByteSet.Range((byte)'a', (byte)'z') | ByteSet.Of((byte)'_');
    internal static readonly ByteSet BeyondAscii = ByteSet.Range(0x80, 0xFF);
    internal static readonly ByteSet Newline = ByteSet.Of((byte)'\n');

    /// <summary>The classes of bytes that <paramref name="sets"/> tell apart.</summary>
    internal ByteClasses(IEnumerable<ByteSet> sets)
    {
        List<ByteSet> classes = [ByteSet.All];
        foreach (ByteSet set in sets)
        {
            Refine(classes, set);
        }

        Count = classes.Count;
        Representatives = [.. classes.Select(members => members.Least)];
        foreach ((int number, ByteSet members) in classes.Index())
        {
            foreach (byte member in members.Bytes())
            {
                OfByte[member] = (byte)number;
            }
        }
    }

    /// <summary>The class of each byte.</summary>
    internal byte[] OfByte { get; } = new byte[256];

    /// <summary>How many classes there are, at most 256.</summary>
    internal int Count { get; }

    /// <summary>A byte of each class.</summary>
    internal byte[] Representatives { get; }

    /// <summary>The classes of bytes that <paramref name="code"/> tells apart, whose instructions take bytes of <paramref name="sets"/>.</summary>
    internal static ByteClasses Of(Instruction[] code, ByteSet[] sets)
    {
        HashSet<AssertKind> conditions = [.. code.Where(i => i.Op == Op.Assert).Select(i => (AssertKind)i.Argument)];
        IEnumerable<ByteSet> asked = conditions.Select(kind => kind is AssertKind.WordBoundary or AssertKind.NotWordBoundary ? Word : Newline);
        IEnumerable<ByteSet> characters = code.Any(i => i.Op == Op.NonAscii) ? NonAsciiChar.Sets : [];
        return new ByteClasses([.. sets, .. asked, .. characters]);
    }

    /// <summary>Splits the classes that <paramref name="set"/> holds in part.</summary>
    private static void Refine(List<ByteSet> classes, ByteSet set)
    {
        for (int i = classes.Count - 1; i >= 0; i--)
        {
            ByteSet inside = classes[i] & set;
            if (!inside.IsEmpty && inside != classes[i])
            {
                classes[i] &= ~set;
                classes.Add(inside);
            }
        }
    }
}
