namespace Redactor.Scanning.Judging;

/// <summary>The ways in which national numbers protect themselves: weighted sums, and the two recursive schemes that several countries share.</summary>
internal static class CheckDigits
{
    /// <summary>The sum of digits times weights, over as many digits as there are weights.</summary>
    public static int WeightedSum(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> weights)
    {
        int sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += digits[i] * weights[i];
        }

        return sum;
    }

    /// <summary>ISO/IEC 7064 MOD 11,10 over all digits, the last of which is the check digit.</summary>
    public static bool IsMod1110(ReadOnlySpan<byte> digits)
    {
        int product = 10;
        foreach (byte digit in digits[..^1])
        {
            int sum = (digit + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (11 - product) % 10 == digits[^1];
    }

    /// <summary>Verhoeff's scheme (1969) over all digits, the last of which is the check digit.</summary>
    public static bool IsVerhoeff(ReadOnlySpan<byte> digits)
    {
        int check = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            check = Multiply(check, Permute(digits[^(i + 1)], i % 8));
        }

        return check == 0;
    }

    /// <summary>Whether the two-digit numbers can be a month and a day.</summary>
    public static bool IsMonthAndDay(int month, int day) => month is >= 1 and <= 12 && day >= 1 && day <= DaysIn(month);

    /// <summary>The number that the two digits at <paramref name="at"/> spell.</summary>
    public static int Pair(ReadOnlySpan<byte> digits, int at) => digits[at] * 10 + digits[at + 1];

    private static int DaysIn(int month) => month switch
    {
        2 => 29,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>Multiplication in the dihedral group of order 10: 0 to 4 are turns, 5 to 9 are reflections.</summary>
    private static int Multiply(int a, int b) => (a < 5, b < 5) switch
    {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - 5 - b + 5) % 5 + 5,
        (false, false) => (a - b + 5) % 5,
    };

    /// <summary>Verhoeff's permutation applied <paramref name="times"/> times.</summary>
    private static int Permute(int digit, int times)
    {
        ReadOnlySpan<byte> permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
        for (int i = 0; i < times; i++)
        {
            digit = permutation[digit];
        }

        return digit;
    }
}
