namespace Redactor.Scanning.Judging;

/// <summary>Bare numbers of 9 to 13 digits that are right by the checksum of some country: for those who would rather mask too much.</summary>
internal static class NationalNumber
{
    private const int MinDigits = 9;

    /// <summary>The proofs for numbers of 9, 10, 11, 12 and 13 digits.</summary>
    private static readonly Check[][] ByDigits =
    [
        [
            AmericanNumbers.IsRoutingNumber, AmericanNumbers.IsSocialInsuranceNumber,
            AsianAndPacificNumbers.IsAustralianTaxFileNumber, AsianAndPacificNumbers.IsAustralianCompanyNumber,
        ],
        [
            AmericanNumbers.IsProviderIdentifier, EuropeanNumbers.IsNhsNumber, AsianAndPacificNumbers.IsKoreanBusiness,
            AsianAndPacificNumbers.IsAustralianMedicareNumber, NordicAndBalticNumbers.IsSwedishId, NordicAndBalticNumbers.IsSwedishOrganisation,
        ],
        [
            EuropeanNumbers.IsItalianVatNumber, EuropeanNumbers.IsGermanTaxId, EasternNumbers.IsPesel, EasternNumbers.IsTurkishId,
            AmericanNumbers.IsCpf, AsianAndPacificNumbers.IsAustralianBusinessNumber,
        ],
        [AsianAndPacificNumbers.IsAadhaar, EasternNumbers.IsKazakhId],
        [AsianAndPacificNumbers.IsThaiId, AsianAndPacificNumbers.IsSouthAfricanId, AsianAndPacificNumbers.IsKoreanRegistration],
    ];

    /// <summary>Whether any country's proof holds for <paramref name="value"/>, digits with or without separators.</summary>
    public static bool IsAny(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[MinDigits + ByDigits.Length - 1];
        if (!DigitReader.TryRead(value, digits, out int count) || count < MinDigits)
        {
            return false;
        }

        foreach (Check check in ByDigits[count - MinDigits])
        {
            if (check(value))
            {
                return true;
            }
        }

        return false;
    }
}
