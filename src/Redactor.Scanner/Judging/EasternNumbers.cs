namespace Redactor.Scanning.Judging;

/// <summary>Numbers of people and companies in central and eastern Europe, Turkey, the former Soviet Union and Israel.</summary>
internal static class EasternNumbers
{
    /// <summary>Polish PESEL: weights 1, 3, 7, 9, and a birthday whose month tells the century.</summary>
    public static bool IsPesel(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d)
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2) % 20, CheckDigits.Pair(d, 4))
            && CheckDigits.WeightedSum(d, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0;
    }

    /// <summary>Polish tax number: weights 6, 5, 7, 2 to 7, modulo 11.</summary>
    public static bool IsPolishTaxNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[10];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d) && CheckDigits.WeightedSum(d, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == d[9];
    }

    /// <summary>Czech or Slovak birth number: divisible by 11; 50 is added to a woman's month, 20 when numbers run out.</summary>
    public static bool IsCzechOrSlovakId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[10];
        if (!DigitReader.TryReadExactly(value, d))
        {
            return false;
        }

        int month = CheckDigits.Pair(d, 2) % 50;
        return CheckDigits.IsMonthAndDay(month > 20 ? month - 20 : month, CheckDigits.Pair(d, 4))
            && (DigitReader.ToNumber(d[..9]) * 10L + d[9]) % 11 == 0;
    }

    /// <summary>Romanian CNP: weights 279146358279, modulo 11, and a birthday.</summary>
    public static bool IsRomanianId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[13];
        return DigitReader.TryReadExactly(value, d) && d[0] is not (0 or 9)
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 3), CheckDigits.Pair(d, 5))
            && CheckDigits.WeightedSum(d, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11 is var rest && (rest == 10 ? 1 : rest) == d[12];
    }

    /// <summary>Bulgarian EGN: weights 2, 4, 8, 5, 10, 9, 7, 3, 6, modulo 11; the month tells the century.</summary>
    public static bool IsBulgarianId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[10];
        return DigitReader.TryReadExactly(value, d)
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2) % 20, CheckDigits.Pair(d, 4))
            && CheckDigits.WeightedSum(d, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == d[9];
    }

    /// <summary>Croatian OIB: ISO 7064 MOD 11,10.</summary>
    public static bool IsCroatianId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d) && CheckDigits.IsMod1110(d);
    }

    /// <summary>The master citizen number of former Yugoslavia: weights 7 to 2 twice, modulo 11, and a birthday.</summary>
    public static bool IsYugoslavId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[13];
        return DigitReader.TryReadExactly(value, d)
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2), CheckDigits.Pair(d, 0))
            && (11 - CheckDigits.WeightedSum(d, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == d[12];
    }

    /// <summary>Greek AMKA: a birthday and the Luhn digit.</summary>
    public static bool IsGreekSocialSecurityNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        return DigitReader.TryReadExactly(value, d) && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2), CheckDigits.Pair(d, 0)) && Luhn.HasCheckDigit(d);
    }

    /// <summary>Turkish identity number: the tenth digit from odd and even sums, the eleventh from the sum of all.</summary>
    public static bool IsTurkishId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        if (!DigitReader.TryReadExactly(value, d) || d[0] == 0)
        {
            return false;
        }

        int odd = d[0] + d[2] + d[4] + d[6] + d[8];
        int even = d[1] + d[3] + d[5] + d[7];
        return (odd * 7 - even + 100) % 10 == d[9] && (odd + even + d[9]) % 10 == d[10];
    }

    /// <summary>Russian taxpayer number of a company (10 digits) or person (12 digits).</summary>
    public static bool IsRussianTaxpayerNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> buffer = stackalloc byte[12];
        if (!DigitReader.TryRead(value, buffer, out int count) || count is not (10 or 12) || DigitReader.AreAllEqual(buffer[..count]))
        {
            return false;
        }

        ReadOnlySpan<byte> d = buffer[..count];
        return count == 10
            ? CheckDigits.WeightedSum(d, [2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == d[9]
            : CheckDigits.WeightedSum(d, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == d[10]
                && CheckDigits.WeightedSum(d, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == d[11];
    }

    /// <summary>Russian SNILS: falling weights 9 to 1, modulo 101.</summary>
    public static bool IsSnils(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d)
            && CheckDigits.WeightedSum(d, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100 == CheckDigits.Pair(d, 9);
    }

    /// <summary>Ukrainian taxpayer number: weights -1, 5, 7, 9, 4, 6, 10, 5, 7, modulo 11.</summary>
    public static bool IsUkrainianTaxpayerNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[10];
        return DigitReader.TryReadExactly(value, d)
            && (CheckDigits.WeightedSum(d[1..], [5, 7, 9, 4, 6, 10, 5, 7]) - d[0] + 11) % 11 % 10 == d[9];
    }

    /// <summary>Kazakhstan's IIN (a birthday first) or BIN: weights 1 to 11, modulo 11; at remainder 10 weights from 3.</summary>
    public static bool IsKazakhId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[12];
        if (!DigitReader.TryReadExactly(value, d) || DigitReader.AreAllEqual(d) || CheckDigits.Pair(d, 2) is 0 or > 12)
        {
            return false;
        }

        bool person = CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2), CheckDigits.Pair(d, 4)) && d[6] <= 6;
        bool company = d[4] is >= 4 and <= 6 && d[5] <= 4;
        int check = CheckDigits.WeightedSum(d, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11;
        check = check == 10 ? CheckDigits.WeightedSum(d, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11 : check;
        return (person || company) && check == d[11];
    }

    /// <summary>Israeli identity number: the Luhn digit over nine.</summary>
    public static bool IsIsraeliId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d) && Luhn.HasCheckDigit(d);
    }
}
