namespace Redactor.Scanning.Judging;

/// <summary>Numbers of people and companies in Asia, Australia, New Zealand and Africa.</summary>
internal static class AsianAndPacificNumbers
{
    /// <summary>Indian Aadhaar number: Verhoeff's check, no first digit 0 or 1 (UIDAI).</summary>
    public static bool IsAadhaar(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[12];
        return DigitReader.TryReadExactly(value, d) && d[0] >= 2 && CheckDigits.IsVerhoeff(d) && !DigitReader.AreAllEqual(d);
    }

    /// <summary>Chinese resident identity number: ISO 7064 MOD 11-2, a birthday (GB 11643).</summary>
    public static bool IsChineseId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[17];
        return value.Length == 18 && DigitReader.TryReadExactly(value[..17], d)
            && CheckDigits.Pair(d, 6) is 19 or 20
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 10), CheckDigits.Pair(d, 12))
            && "10X98765432"[CheckDigits.WeightedSum(d, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] == (value[17] == 'x' ? 'X' : (char)value[17]);
    }

    /// <summary>Taiwanese identity number: the letter counts as two digits, weights 1, 9, 8 to 1, 1, modulo 10.</summary>
    public static bool IsTaiwaneseId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        if (value.Length != 10 || !DigitReader.TryReadExactly(value[1..], d))
        {
            return false;
        }

        int letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".IndexOf((char)(value[0] & ~0x20), StringComparison.Ordinal) + 10;
        return letter >= 10 && d[0] is 1 or 2 or 8 or 9
            && (letter / 10 + letter % 10 * 9 + CheckDigits.WeightedSum(d, [8, 7, 6, 5, 4, 3, 2, 1, 1])) % 10 == 0;
    }

    /// <summary>Korean resident or foreigner registration number: a birthday and a digit for century and sex; the old check digit is no longer issued.</summary>
    public static bool IsKoreanRegistration(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[13];
        return DigitReader.TryReadExactly(value, d)
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2), CheckDigits.Pair(d, 4)) && d[6] is >= 1 and <= 8
            && !DigitReader.AreAllEqual(d[7..]);
    }

    /// <summary>Korean business registration number: weights 1, 3, 7, 1, 3, 7, 1, 3, 5, the tens of the last product added.</summary>
    public static bool IsKoreanBusiness(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[10];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d)
            && (CheckDigits.WeightedSum(d, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + d[8] * 5 / 10 + d[9]) % 10 == 0;
    }

    /// <summary>Japanese individual number: weights 6 to 2 and 7 to 2, modulo 11.</summary>
    public static bool IsJapaneseIndividualNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[12];
        if (!DigitReader.TryReadExactly(value, d) || DigitReader.AreAllEqual(d))
        {
            return false;
        }

        int rest = CheckDigits.WeightedSum(d, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
        return d[11] == (rest <= 1 ? 0 : 11 - rest);
    }

    /// <summary>Thai identity number: falling weights 13 to 2, modulo 11, no first digit 0 or 9.</summary>
    public static bool IsThaiId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[13];
        return DigitReader.TryReadExactly(value, d) && d[0] is >= 1 and <= 8 && d[1] != 0
            && (11 - CheckDigits.WeightedSum(d, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == d[12];
    }

    /// <summary>Australian tax file number: weights 1, 4, 3, 7, 5, 8, 6, 9, 10, modulo 11.</summary>
    public static bool IsAustralianTaxFileNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d) && CheckDigits.WeightedSum(d, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0;
    }

    /// <summary>Australian business number: one less in front, weights 10, 1, 3 to 19, modulo 89.</summary>
    public static bool IsAustralianBusinessNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        if (!DigitReader.TryReadExactly(value, d) || d[0] == 0)
        {
            return false;
        }

        d[0]--;
        return CheckDigits.WeightedSum(d, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 == 0;
    }

    /// <summary>Australian company number: falling weights 8 to 1, modulo 10.</summary>
    public static bool IsAustralianCompanyNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d)
            && (10 - CheckDigits.WeightedSum(d, [8, 7, 6, 5, 4, 3, 2, 1]) % 10) % 10 == d[8];
    }

    /// <summary>Australian Medicare number: first digit 2 to 6, weights 1, 3, 7, 9, modulo 10.</summary>
    public static bool IsAustralianMedicareNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> buffer = stackalloc byte[11];
        return DigitReader.TryRead(value, buffer, out int count) && count >= 10 && buffer[0] is >= 2 and <= 6
            && CheckDigits.WeightedSum(buffer, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 == buffer[8];
    }

    /// <summary>New Zealand tax number: weights 3, 2, 7 to 2 or, at remainder 10, 7, 4, 3, 2, 5, 2, 7, 6, modulo 11.</summary>
    public static bool IsNewZealandTaxNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        if (!DigitReader.TryRead(value, d, out int count) || count is < 8)
        {
            return false;
        }

        if (count == 8)
        {
            d[..8].CopyTo(d[1..]);
            d[0] = 0;
        }

        int check = (11 - CheckDigits.WeightedSum(d, [3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
        check = check == 10 ? (11 - CheckDigits.WeightedSum(d, [7, 4, 3, 2, 5, 2, 7, 6]) % 11) % 11 : check;
        return check == d[8] && DigitReader.ToNumber(d) is >= 10_000_000 and <= 150_000_000;
    }

    /// <summary>South African identity number: a birthday, a citizenship digit of 0 to 2, and the Luhn digit.</summary>
    public static bool IsSouthAfricanId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[13];
        return DigitReader.TryReadExactly(value, d)
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2), CheckDigits.Pair(d, 4)) && d[10] <= 2 && Luhn.HasCheckDigit(d);
    }
}
