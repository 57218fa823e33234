namespace Redactor.Scanning.Judging;

/// <summary>What a run of text is made of, counted in one pass: the ground on which secrets are told from words and names.</summary>
internal readonly struct TextShape
{
    private TextShape(ReadOnlySpan<byte> value)
    {
        Length = value.Length;
        Kind last = Kind.None;
        int repeats = 0;
        int letters = 0;
        uint seen = 0;
        for (int i = 0; i < value.Length; i++)
        {
            byte b = value[i];
            Kind kind = KindOf(b);
            switch (kind)
            {
                case Kind.Lower: Lower++; break;
                case Kind.Upper: Upper++; break;
                case Kind.Digit: Digits++; break;
                default: Others++; break;
            }

            if (kind is Kind.Lower or Kind.Upper)
            {
                letters++;
                LongestWord = Math.Max(LongestWord, letters);
                NonHex += (b | 0x20) > 'f' ? 1 : 0;
                CaseChanges += kind == Kind.Upper && last == Kind.Lower ? 1 : 0;
            }
            else
            {
                letters = 0;
            }

            DigitChanges += kind != last && (kind == Kind.Digit || last == Kind.Digit) && last is not (Kind.None or Kind.Other) && kind != Kind.Other ? 1 : 0;
            repeats = i > 0 && value[i - 1] == b ? repeats + 1 : 1;
            LongestRepeat = Math.Max(LongestRepeat, repeats);
            seen |= 1u << (b & 31);
            last = kind;
        }

        Distinct = System.Numerics.BitOperations.PopCount(seen);
    }

    private enum Kind
    {
        None,
        Lower,
        Upper,
        Digit,
        Other,
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
    public int Others { get; }

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

    private static Kind KindOf(byte b) => b switch
    {
        >= (byte)'a' and <= (byte)'z' => Kind.Lower,
        >= (byte)'A' and <= (byte)'Z' => Kind.Upper,
        >= (byte)'0' and <= (byte)'9' => Kind.Digit,
        _ => Kind.Other,
    };
}
