namespace Redactor.Scanning.Automata;

/// <summary>
/// The small machine that recognises one character beyond ASCII, a byte at a time. A state above 0 is inside a character and says which bytes
/// may go on with it (Unicode 16, table 3-7); where another byte or the unit's end comes, the character ends there, flawed.
/// </summary>
internal static class NonAsciiChar
{
    /// <summary>Before the first byte.</summary>
    internal const int Start = 0;

    /// <summary>The character is complete.</summary>
    internal const int Done = 8;

    /// <summary>This byte does not belong to the character.</summary>
    internal const int No = 9;

    private const int OneMore = 1;
    private const int TwoMore = 2;
    private const int ThreeMore = 3;
    private const int AfterE0 = 4;
    private const int AfterEd = 5;
    private const int AfterF0 = 6;
    private const int AfterF4 = 7;

    /// <summary>The sets of bytes that the machine tells apart.</summary>
    internal static ByteSet[] Sets { get; } =
    [
        ByteSet.Range(0x80, 0xFF), ByteSet.Range(0x80, 0x8F), ByteSet.Range(0x90, 0x9F), ByteSet.Range(0xA0, 0xBF), ByteSet.Range(0xC2, 0xDF),
        ByteSet.Of(0xE0), ByteSet.Range(0xE1, 0xEF), ByteSet.Of(0xED), ByteSet.Of(0xF0), ByteSet.Range(0xF1, 0xF3), ByteSet.Of(0xF4),
    ];

    /// <summary>The state after <paramref name="value"/> in <paramref name="state"/>; <see cref="Done"/> or <see cref="No"/>.</summary>
    internal static int Step(int state, byte value) => state switch
    {
        Start => value switch
        {
            < 0x80 => No,
            >= 0xC2 and <= 0xDF => OneMore,
            0xE0 => AfterE0,
            0xED => AfterEd,
            >= 0xE1 and <= 0xEF => TwoMore,
            0xF0 => AfterF0,
            >= 0xF1 and <= 0xF3 => ThreeMore,
            0xF4 => AfterF4,
            _ => Done,
        },
        OneMore => value is >= 0x80 and <= 0xBF ? Done : No,
        TwoMore => value is >= 0x80 and <= 0xBF ? OneMore : No,
        ThreeMore => value is >= 0x80 and <= 0xBF ? TwoMore : No,
        AfterE0 => value is >= 0xA0 and <= 0xBF ? OneMore : No,
        AfterEd => value is >= 0x80 and <= 0x9F ? OneMore : No,
        AfterF0 => value is >= 0x90 and <= 0xBF ? TwoMore : No,
        _ => value is >= 0x80 and <= 0x8F ? TwoMore : No,
    };

    /// <summary>The length of the character at <paramref name="position"/>, and whether it is flawed; 0 if an ASCII byte or the end is there.</summary>
    internal static int Length(ReadOnlySpan<byte> text, int position, out bool flawed)
    {
        int state = Start, at = position;
        while (at < text.Length && state != Done)
        {
            int next = Step(state, text[at]);
            if (next == No)
            {
                break;
            }

            state = next;
            at++;
        }

        flawed = state != Done || at == position + 1;
        return at - position;
    }

    /// <summary>Whether <paramref name="position"/> is inside a character: there no match starts, or half a character would be masked.</summary>
    internal static bool IsInside(ReadOnlySpan<byte> text, int position)
    {
        if ((text[position] & 0xC0) != 0x80)
        {
            return false;
        }

        int start = position - 1;
        int least = Math.Max(0, position - 3);
        while (start > least && (text[start] & 0xC0) == 0x80)
        {
            start--;
        }

        return start >= 0 && start + Length(text, start, out _) > position;
    }
}
