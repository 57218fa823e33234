namespace Redactor.Scanning.Judging;

/// <summary>What a run of text is made of, counted in one pass: the ground on which secrets are told from words and names.</summary>
internal readonly struct TextShape
{
    // What kind a byte is: none of the others, a small letter, a capital, a digit.
    private const int Other = 0, Small = 1, Capital = 2, Digit = 3;

    // A bit for each pair of kinds, the first times four and the second.
    private const int CaseChange = 1 << ((4 * Small) + Capital);
    private const int DigitChange = 1 << ((4 * Small) + Digit) | 1 << ((4 * Capital) + Digit) | 1 << ((4 * Digit) + Small) | 1 << ((4 * Digit) + Capital);

    private static readonly byte[] KindOf = [.. Enumerable.Range(0, 256).Select(value => (byte)(
        char.IsAsciiLetterLower((char)value) ? Small : char.IsAsciiLetterUpper((char)value) ? Capital : char.IsAsciiDigit((char)value) ? Digit : Other))];

    /// <summary>No branch depends on a byte: in a random token none of them could be foretold.</summary>
    private TextShape(ReadOnlySpan<byte> value)
    {
        Length = value.Length;
        ReadOnlySpan<byte> kindOf = KindOf;
        int last = Other, previous = -1, repeats = 0, letters = 0;
        uint seen = 0;
        foreach (byte b in value)
        {
            int kind = kindOf[b];
            int isLetter = (kind == Small ? 1 : 0) | (kind == Capital ? 1 : 0);
            Lower += kind == Small ? 1 : 0;
            Upper += kind == Capital ? 1 : 0;
            Digits += kind == Digit ? 1 : 0;
            letters = (letters + 1) & -isLetter;
            LongestWord = Math.Max(LongestWord, letters);
            NonHex += isLetter & ((b | 0x20) > 'f' ? 1 : 0);
            int pair = (4 * last) + kind;
            CaseChanges += CaseChange >> pair & 1;
            DigitChanges += DigitChange >> pair & 1;
            repeats = (repeats & -(previous == b ? 1 : 0)) + 1;
            LongestRepeat = Math.Max(LongestRepeat, repeats);
            seen |= 1u << (b & 31);
            (last, previous) = (kind, b);
        }

        Distinct = System.Numerics.BitOperations.PopCount(seen);
    }

    /// <summary>Bytes in all.</summary>
    public int Length { get; }

    /// <summary>Letters a to z.</summary>
    public int Lower { get; }

    /// <summary>Letters A to Z.</summary>
    public int Upper { get; }

    /// <summary>Digits.</summary>
    public int Digits { get; }

    /// <summary>Bytes that are neither letters nor digits.</summary>
    public int Others => Length - Letters - Digits;

    /// <summary>Letters behind F, in either case.</summary>
    public int NonHex { get; }

    /// <summary>The most letters in a row.</summary>
    public int LongestWord { get; }

    /// <summary>The most equal bytes in a row.</summary>
    public int LongestRepeat { get; }

    /// <summary>How often an upper-case letter follows a lower-case one.</summary>
    public int CaseChanges { get; }

    /// <summary>How often a letter stands beside a digit.</summary>
    public int DigitChanges { get; }

    /// <summary>How many different bytes there are, counted by their low five bits.</summary>
    public int Distinct { get; }

    /// <summary>Letters of either case.</summary>
    public int Letters => Lower + Upper;

    /// <summary>Counts <paramref name="value"/>.</summary>
    public static TextShape Of(ReadOnlySpan<byte> value) => new(value);
}
