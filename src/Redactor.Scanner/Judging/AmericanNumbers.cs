namespace Redactor.Scanning.Judging;

/// <summary>Numbers of people, companies and banks in North and South America.</summary>
internal static class AmericanNumbers
{
    /// <summary>United States social security number: no area 000, 666 or 9xx, no group 00, no serial 0000 (SSA), and none of the numbers printed in advertisements.</summary>
    public static bool IsSocialSecurityNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        return DigitReader.TryReadExactly(value, d)
            && DigitReader.ToNumber(d[..3]) is not (0 or 666 or >= 900)
            && CheckDigits.Pair(d, 3) != 0
            && DigitReader.ToNumber(d[5..]) != 0
            && !DigitReader.AreAllEqual(d)
            && DigitReader.ToNumber(d) is not (78_051_120 or 219_099_999);
    }

    /// <summary>United States individual taxpayer number: 9xx with a group of 50 to 65, 70 to 88, 90 to 92 or 94 to 99 (IRS).</summary>
    public static bool IsTaxpayerNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        return DigitReader.TryReadExactly(value, d) && d[0] == 9
            && CheckDigits.Pair(d, 3) is (>= 50 and <= 65) or (>= 70 and <= 88) or (>= 90 and <= 92) or (>= 94 and <= 99);
    }

    /// <summary>United States national provider identifier: the Luhn digit is taken with 80840 before the number (45 CFR 162.406).</summary>
    public static bool IsProviderIdentifier(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[15];
        "\x08\x00\x08\x04\x00"u8.CopyTo(d);
        return DigitReader.TryReadExactly(value, d[5..]) && d[5] is 1 or 2 && Luhn.HasCheckDigit(d);
    }

    /// <summary>United States bank routing number: a Federal Reserve district, and weights 3, 7, 1 (ABA).</summary>
    public static bool IsRoutingNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        return DigitReader.TryReadExactly(value, d)
            && CheckDigits.Pair(d, 0) is (>= 1 and <= 12) or (>= 21 and <= 32) or (>= 61 and <= 72) or 80
            && CheckDigits.WeightedSum(d, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 == 0;
    }

    /// <summary>Canadian social insurance number: Luhn, and no first digit 0 or 8.</summary>
    public static bool IsSocialInsuranceNumber(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        return DigitReader.TryReadExactly(value, d) && d[0] is not (0 or 8) && Luhn.HasCheckDigit(d) && !DigitReader.AreAllEqual(d);
    }

    /// <summary>Brazilian CPF: two check digits, each a sum with falling weights modulo 11 (Receita Federal).</summary>
    public static bool IsCpf(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d)
            && CheckDigits.WeightedSum(d, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10 == d[9]
            && CheckDigits.WeightedSum(d, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10 == d[10];
    }

    /// <summary>Brazilian CNPJ: as <see cref="IsCpf"/> with weights that start again at 9.</summary>
    public static bool IsCnpj(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[14];
        return DigitReader.TryReadExactly(value, d) && !DigitReader.AreAllEqual(d)
            && CheckDigits.WeightedSum(d, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10 == d[12]
            && CheckDigits.WeightedSum(d, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10 == d[13];
    }

    /// <summary>Argentine CUIT or CUIL: weights 5, 4, 3, 2, 7 to 2, modulo 11 (AFIP).</summary>
    public static bool IsCuit(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[11];
        return DigitReader.TryReadExactly(value, d)
            && CheckDigits.Pair(d, 0) is 20 or 23 or 24 or 27 or 30 or 33 or 34
            && CheckDigits.WeightedSum(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0;
    }

    /// <summary>Chilean RUT: weights 2 to 7 from the right, modulo 11, where 10 is the letter K.</summary>
    public static bool IsRut(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[9];
        if (value.Length < 8 || !DigitReader.TryRead(value[..^1], d, out int count) || count is < 7 or > 8)
        {
            return false;
        }

        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += d[count - 1 - i] * (i % 6 + 2);
        }

        int check = (11 - sum % 11) % 11;
        return check == 10 ? (value[^1] | 0x20) == 'k' : value[^1] == '0' + check;
    }

    /// <summary>Mexican CURP: 18 characters, the last a sum of base-37 values with falling weights modulo 10 (RENAPO).</summary>
    public static bool IsCurp(ReadOnlySpan<byte> value)
    {
        if (value.Length != 18 || value[17] is < (byte)'0' or > (byte)'9')
        {
            return false;
        }

        int sum = 0;
        for (int i = 0; i < 17; i++)
        {
            int upper = value[i] & ~0x20;
            int v = value[i] is >= (byte)'0' and <= (byte)'9' ? value[i] - '0'
                : upper is >= 'A' and <= 'N' ? upper - 'A' + 10
                : upper is >= 'O' and <= 'Z' ? upper - 'A' + 11 : -1;
            if (v < 0)
            {
                return false;
            }

            sum += v * (18 - i);
        }

        return (10 - sum % 10) % 10 == value[17] - '0';
    }

    /// <summary>Ecuadorian cédula: a province of 1 to 24 or 30, and the Luhn digit.</summary>
    public static bool IsEcuadorianId(ReadOnlySpan<byte> value)
    {
        Span<byte> d = stackalloc byte[10];
        return DigitReader.TryReadExactly(value, d) && CheckDigits.Pair(d, 0) is (>= 1 and <= 24) or 30 && d[2] < 6 && Luhn.HasCheckDigit(d);
    }
}
