namespace Redactor.Scanning.Judging;

/// <summary>Numbers of people and companies in Europe, west of the former Soviet Union.</summary>
internal static class EuropeanNumbers
{
    /// <summary>Spanish DNI, NIF or NIE: the letter is the number modulo 23, where X, Y and Z before it stand for 0, 1 and 2.</summary>
    public static bool IsSpanishId(ReadOnlySpan<byte> value)
    {
        if (value.Length < 9)
        {
            return false;
        }

        Span<byte> d = stackalloc byte[8];
        int first = value[0] & ~0x20;
        bool foreigner = first is >= 'X' and <= 'Z';
        if (!DigitReader.TryRead(value[(foreigner ? 1 : 0)..^1], d[(foreigner ? 1 : 0)..], out int count) || count != (foreigner ? 7 : 8))
        {
            return false;
        }

        d[0] = foreigner ? (byte)(first - 'X') : d[0];
        return "TRWAGMYFPDXBNJZSQVHLCKE"[DigitReader.ToNumber(d) % 23] == (value[^1] & ~0x20);
    }

    /// <summary>Portuguese NIF: falling weights 9 to 2, modulo 11.</summary>
    public static bool IsPortugueseTaxNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        return DigitReader.TryReadExactly(value, d) && d[0] is not (0 or 4)
            && (11 - CheckDigits.WeightedSum(d, [9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == d[8];
    }

    /// <summary>French NIR: 97 less the number modulo 97; Corsica's 2A and 2B count as 19 and 18 (INSEE).</summary>
    public static bool IsFrenchSocialSecurityNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> text = stackalloc byte[15];
        int length = 0;
        foreach (byte b in value)
        {
            if (b is (byte)' ' or (byte)'-' or (byte)'.')
            {
                continue;
            }

            if (length == text.Length)
            {
                return false;
            }

            text[length++] = b;
        }

        if (length != text.Length)
        {
            return false;
        }

        int corsica = (text[6] | 0x20) switch { 'a' when text[5] == '2' => 19, 'b' when text[5] == '2' => 18, _ => 0 };
        if (corsica > 0)
        {
            text[5] = (byte)'1';
            text[6] = (byte)('0' + corsica % 10);
        }

        Span<byte> d = stackalloc byte[15];
        return DigitReader.TryReadExactly(text, d) && d[0] is 1 or 2 or 3 or 4 or 7 or 8
            && Mod97.Append(0, text[..13]) is var rest && CheckDigits.Pair(d, 13) == 97 - rest;
    }

    /// <summary>German tax identification number: ISO 7064 MOD 11,10, no leading zero, and one digit of the first ten repeated.</summary>
    public static bool IsGermanTaxId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        if (!DigitReader.TryReadExactly(value, d) || d[0] == 0 || !CheckDigits.IsMod1110(d))
        {
            return false;
        }

        uint seen = 0;
        foreach (byte digit in d[..10])
        {
            seen |= 1u << digit;
        }

        return System.Numerics.BitOperations.PopCount(seen) is 8 or 9;
    }

    /// <summary>Austrian social security number: weights 3, 7, 9, 0, 5, 8, 4, 2, 1, 6, modulo 11 at the fourth digit, and a birthday.</summary>
    public static bool IsAustrianSocialSecurityNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[10];
        return DigitReader.TryReadExactly(value, d) && d[0] != 0
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 6), CheckDigits.Pair(d, 4))
            && CheckDigits.WeightedSum(d, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == d[3];
    }

    /// <summary>Swiss AHV number: 756 and the check digit of EAN-13.</summary>
    public static bool IsSwissSocialSecurityNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[13];
        return DigitReader.TryReadExactly(value, d) && DigitReader.ToNumber(d[..3]) == 756
            && CheckDigits.WeightedSum(d, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 == 0;
    }

    /// <summary>Dutch citizen service number: falling weights 9 to 2 and -1, modulo 11 (the "11 test").</summary>
    public static bool IsDutchServiceNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d)
            && (CheckDigits.WeightedSum(d, [9, 8, 7, 6, 5, 4, 3, 2]) - d[8]) % 11 == 0;
    }

    /// <summary>Belgian national register number: 97 less the first nine digits modulo 97, with a 2 before them for those born since 2000.</summary>
    public static bool IsBelgianRegisterNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        if (!DigitReader.TryReadExactly(value, d) || CheckDigits.Pair(d, 2) > 12 || CheckDigits.Pair(d, 4) > 31)
        {
            return false;
        }

        long number = DigitReader.ToNumber(d[..9]);
        int check = CheckDigits.Pair(d, 9);
        return check == 97 - number % 97 || check == 97 - (2_000_000_000 + number) % 97;
    }

    /// <summary>Irish PPS number: falling weights 8 to 2 modulo 23; a second letter counts nine times.</summary>
    public static bool IsIrishServiceNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[7];
        if (value.Length is not (8 or 9) || !DigitReader.TryReadExactly(value[..7], d))
        {
            return false;
        }

        int second = value.Length == 9 && (value[8] & ~0x20) != 'W' ? (value[8] & ~0x20) - 'A' + 1 : 0;
        int sum = (CheckDigits.WeightedSum(d, [8, 7, 6, 5, 4, 3, 2]) + second * 9) % 23;
        return (value[7] & ~0x20) == (sum == 0 ? 'W' : 'A' + sum - 1);
    }

    /// <summary>British NHS number: falling weights 10 to 2, modulo 11.</summary>
    public static bool IsNhsNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[10];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d)
            && (11 - CheckDigits.WeightedSum(d, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 == d[9];
    }

    /// <summary>British national insurance number: two prefix letters that are in use (HMRC, NIM39110), six digits, a suffix of A to D.</summary>
    public static bool IsNationalInsuranceNumber(ReadOnlySpan<byte> value)
    {
        if (value.Length < 9)
        {
            return false;
        }

        int first = value[0] & ~0x20, second = value[1] & ~0x20;
        return !"DFIQUV".Contains((char)first, StringComparison.Ordinal) && !"DFIQUVO".Contains((char)second, StringComparison.Ordinal)
            && (first, second) is not (('B', 'G') or ('G', 'B') or ('N', 'K') or ('K', 'N') or ('T', 'N') or ('N', 'T') or ('Z', 'Z'));
    }

    /// <summary>Italian VAT number: the Luhn digit over eleven, and no zero in front of zeros.</summary>
    public static bool IsItalianVatNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        return DigitReader.TryReadExactly(value, d) && d[..7].ContainsAnyExcept((byte)0) && Luhn.HasCheckDigit(d);
    }
}
