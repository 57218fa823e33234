namespace Redactor.Scanning.Judging;

/// <summary>Numbers of people in the Nordic and Baltic countries: a birthday, a serial number, a check.</summary>
internal static class NordicAndBalticNumbers
{
    /// <summary>Finnish personal identity code: the number modulo 31 picks the last character; the separator tells the century.</summary>
    public static bool IsFinnishId(ReadOnlySpan<byte> value)
    {
        if (value.Length != 11)
        {
            return false;
        }

        Span<byte> d = stackalloc byte[9];
        return DigitReader.TryReadExactly(value[..6], d[..6]) && DigitReader.TryReadExactly(value[7..10], d[6..])
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2), CheckDigits.Pair(d, 0))
            && "0123456789ABCDEFHJKLMNPRSTUVWXY"[DigitReader.ToNumber(d) % 31] == (value[10] >= 'a' ? value[10] & ~0x20 : value[10]);
    }

    /// <summary>Swedish personal number, with or without the century: Luhn over the last ten digits; 60 is added to the day of a coordination number.</summary>
    public static bool IsSwedishId(ReadOnlySpan<byte> value)
    {
        Span<byte> buffer = stackalloc byte[12];
        value = value.Contains((byte)'+') ? value[..value.IndexOf((byte)'+')] : value;
        if (!DigitReader.TryRead(value, buffer, out int count) || count is not (10 or 12))
        {
            return false;
        }

        ReadOnlySpan<byte> d = buffer[(count - 10)..count];
        return CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2), CheckDigits.Pair(d, 4) % 60) && Luhn.HasCheckDigit(d);
    }

    /// <summary>Swedish organisation number: the third digit is 2 or more, and the Luhn digit.</summary>
    public static bool IsSwedishOrganisation(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[10];
        return DigitReader.TryReadExactly(value, d) && d[2] >= 2 && Luhn.HasCheckDigit(d);
    }

    /// <summary>Norwegian birth number: two check digits modulo 11; 40 is added to the day of a D number.</summary>
    public static bool IsNorwegianId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        return DigitReader.TryReadExactly(value, d)
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2) % 40, CheckDigits.Pair(d, 0) % 40)
            && CheckDigits.WeightedSum(d, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 == 0
            && CheckDigits.WeightedSum(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0;
    }

    /// <summary>Danish personal number: only the birthday can be checked; the old sum no longer holds for all.</summary>
    public static bool IsDanishId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[10];
        return DigitReader.TryReadExactly(value, d) && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2), CheckDigits.Pair(d, 0));
    }

    /// <summary>Icelandic identity number: weights 3, 2, 7 to 2, modulo 11 at the ninth digit.</summary>
    public static bool IsIcelandicId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[10];
        return DigitReader.TryReadExactly(value, d)
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2), CheckDigits.Pair(d, 0) % 40)
            && CheckDigits.WeightedSum(d, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0;
    }

    /// <summary>Estonian or Lithuanian personal code: weights 1 to 9 and 1, modulo 11; at remainder 10 weights from 3.</summary>
    public static bool IsEstonianOrLithuanianId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        if (!DigitReader.TryReadExactly(value, d) || d[0] is 0 or > 6 || !CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 3), CheckDigits.Pair(d, 5)))
        {
            return false;
        }

        int check = CheckDigits.WeightedSum(d, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
        check = check == 10 ? CheckDigits.WeightedSum(d, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10 : check;
        return check == d[10];
    }

    /// <summary>Latvian personal code of the older form: weights 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, and 1101 less the sum.</summary>
    public static bool IsLatvianId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        return DigitReader.TryReadExactly(value, d)
            && CheckDigits.IsMonthAndDay(CheckDigits.Pair(d, 2), CheckDigits.Pair(d, 0))
            && (1101 - CheckDigits.WeightedSum(d, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11 % 10 == d[10];
    }
}
