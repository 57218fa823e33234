namespace Redactor.Scanning.Judging;

/// <summary>The checksum of ISO/IEC 7812-1, annex B: every second digit from the right counts double, and the sum is a multiple of 10.</summary>
internal static class Luhn
{
    /// <summary>Most digits that any number with this checksum has: a card's 19, and some to spare for account numbers.</summary>
    private const int MaxDigits = 32;

    /// <summary>Whether <paramref name="value"/>, digits with or without separators, has the right check digit.</summary>
    public static bool IsValid(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        return DigitReader.TryRead(value, digits, out int count) && count > 1 && HasCheckDigit(digits[..count]);
    }

    /// <summary>The same for digits that are numbers 0 to 9.</summary>
    public static bool HasCheckDigit(ReadOnlySpan<byte> digits)
    {
        int sum = 0;
        bool doubled = false;
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            int digit = digits[i];
            if (doubled)
            {
                digit = digit < 5 ? digit * 2 : digit * 2 - 9;
            }

            sum += digit;
            doubled = !doubled;
        }

        return sum % 10 == 0;
    }
}
