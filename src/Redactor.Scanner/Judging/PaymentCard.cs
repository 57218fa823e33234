namespace Redactor.Scanning.Judging;

/// <summary>Payment card numbers: the ranges of ISO/IEC 7812 that the card schemes publish, their lengths, and the Luhn digit.</summary>
internal static class PaymentCard
{
    private const int MinDigits = 12;
    private const int MaxDigits = 19;

    /// <summary>First and last value of a number's first four digits, and the lengths that cards of that range have.</summary>
    private static readonly Range[] Ranges =
    [
        new(1220, 1220, 15, 15),                            // UATP test range
        new(1800, 1800, 15, 15), new(2131, 2131, 15, 15),   // JCB, older
        new(2014, 2014, 15, 15), new(2149, 2149, 15, 15),   // enRoute
        new(2200, 2204, 16, 19),                            // Mir
        new(2221, 2720, 16, 16),                            // Mastercard
        new(3000, 3059, 14, 19), new(3095, 3095, 14, 19),   // Diners Club
        new(3400, 3499, 15, 15), new(3700, 3799, 15, 15),   // American Express
        new(3500, 3599, 16, 19),                            // JCB is 3528 to 3589; test data uses all of 35
        new(3600, 3699, 14, 19), new(3800, 3999, 14, 19),   // Diners Club
        new(4000, 4999, 13, 19),                            // Visa; 13 in old numbers
        new(5018, 5018, 12, 19), new(5019, 5019, 16, 16), new(5020, 5020, 12, 19), new(5038, 5038, 12, 19),   // Maestro, Dankort
        new(5060, 5066, 16, 19),                            // Verve, Elo
        new(5100, 5599, 16, 16),                            // Mastercard
        new(5610, 5610, 16, 16), new(5602, 5602, 16, 16),   // Bankcard
        new(5612, 5619, 12, 19), new(5641, 5641, 12, 19), new(5893, 5893, 12, 19),   // Maestro
        new(6011, 6011, 16, 19), new(6221, 6229, 16, 19), new(6440, 6599, 16, 19),   // Discover, UnionPay
        new(6062, 6062, 16, 16), new(6370, 6370, 16, 16),   // Hipercard
        new(6200, 6299, 16, 19), new(8100, 8171, 16, 19),   // UnionPay
        new(6304, 6304, 12, 19), new(6331, 6334, 16, 19), new(6390, 6390, 12, 19), new(6391, 6391, 16, 16),   // Maestro, Solo, InstaPayment
        new(6700, 6799, 12, 19),                            // Maestro, Solo
    ];

    /// <summary>Whether <paramref name="value"/>, digits with or without separators, is a card number.</summary>
    public static bool IsValid(ReadOnlySpan<byte> value)
    {
        Span<byte> buffer = stackalloc byte[MaxDigits];
        if (!DigitReader.TryRead(value, buffer, out int count) || count < MinDigits)
        {
            return false;
        }

        ReadOnlySpan<byte> digits = buffer[..count];
        int prefix = DigitReader.ToNumber(digits[..4]);
        foreach (Range range in Ranges)
        {
            if (prefix >= range.First && prefix <= range.Last && count >= range.Shortest && count <= range.Longest)
            {
                return Luhn.HasCheckDigit(digits) && !DigitReader.AreAllEqual(digits);
            }
        }

        return false;
    }

    private readonly record struct Range(int First, int Last, int Shortest, int Longest);
}
