using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Automata;

/// <summary>Bytes that a program, or some sets, never tell apart are one class, so that a state's row of transitions is short: <c>sk-[a-z]+</c> has five.</summary>
internal sealed class ByteClasses
{
    internal static readonly ByteSet Word = ByteSet.Range((byte)'0', (byte)'9') | ByteSet.Range((byte)'A', (byte)'Z') | ByteSet.Range((byte)'a', (byte)'z') | ByteSet.Of((byte)'_');
    internal static readonly ByteSet BeyondAscii = ByteSet.Range(0x80, 0xFF);
    internal static readonly ByteSet Newline = ByteSet.Of((byte)'\n');

    internal ByteClasses(Program program)
        : this(Distinctions(program))
    {
    }

    /// <summary>The classes of bytes that <paramref name="sets"/> tell apart.</summary>
    internal ByteClasses(IEnumerable<ByteSet> sets)
    {
        Count = 1;
        foreach (ByteSet set in sets.Distinct())
        {
            Refine(set);
        }

        Representatives = new byte[Count];
        for (int b = 255; b >= 0; b--)
        {
            Representatives[Of[b]] = (byte)b;
        }
    }

    /// <summary>The class of each byte.</summary>
    internal byte[] Of { get; } = new byte[256];

    /// <summary>How many classes there are, at most 256.</summary>
    internal int Count { get; private set; }

    /// <summary>A byte of each class.</summary>
    internal byte[] Representatives { get; }

    private static IEnumerable<ByteSet> Distinctions(Program program)
    {
        foreach (Instruction i in program.Code)
        {
            switch (i.Op)
            {
                case Op.Byte:
                    yield return program.Sets[i.Argument];
                    break;
                case Op.Assert when (AssertKind)i.Argument is AssertKind.WordBoundary or AssertKind.NotWordBoundary:
                    yield return Word;
                    break;
                case Op.Assert:
                    yield return Newline;
                    break;
                case Op.NonAscii:
                    foreach (ByteSet set in NonAsciiChar.Sets)
                    {
                        yield return set;
                    }

                    break;
            }
        }
    }

    private void Refine(ByteSet set)
    {
        Span<short> inside = stackalloc short[256];
        Span<int> outside = stackalloc int[256];
        inside.Fill(-1);
        for (int b = 0; b < 256; b++)
        {
            if (!set.Contains((byte)b))
            {
                outside[Of[b]]++;
            }
        }

        for (int b = 0; b < 256; b++)
        {
            // A class that lies wholly inside keeps its number; only a split makes a new one.
            if (set.Contains((byte)b) && outside[Of[b]] > 0)
            {
                ref short number = ref inside[Of[b]];
                if (number < 0)
                {
                    number = (short)Count++;
                }

                Of[b] = (byte)number;
            }
        }
    }
}
