namespace Redactor.Scanning.Judging;

/// <summary>The proofs that a rule can ask for by name (<c>check: card</c>): each looks at what would be masked and says whether it can be real.</summary>
public static class Checks
{
    private static readonly Dictionary<string, Check> ByName = new(StringComparer.Ordinal)
    {
        // secrets by their looks
        ["armoured-private-key"] = ArmouredKey.IsPrivate,
        ["credential"] = Secret.IsCredential,
        ["jwt"] = JsonWebToken.IsValid,
        ["mixed"] = Secret.IsMixed,
        ["password"] = Secret.IsPassword,
        ["password-in-text"] = Secret.IsPasswordInText,
        ["service-key"] = Secret.IsServiceKey,
        ["strong-token"] = Secret.IsStrongToken,
        ["strong-token-in-text"] = Secret.IsStrongTokenInText,
        ["telegram"] = Secret.IsTelegramBotToken,
        ["token"] = Secret.IsToken,
        ["url-password"] = Secret.IsUrlPassword,
        ["user-and-password"] = Secret.IsUserAndPassword,

        // money, people and machines
        ["base58check"] = CryptoAddress.IsBase58Check,
        ["bech32"] = CryptoAddress.IsBech32,
        ["card"] = PaymentCard.IsValid,
        ["email"] = EmailAddress.IsValid,
        ["iban"] = Iban.IsValid,
        ["ipv6"] = NetworkAddress.IsIpv6,
        ["luhn"] = Luhn.IsValid,
        ["mac"] = NetworkAddress.IsHardwareAddress,
        ["phone"] = PhoneNumber.IsValid,

        // national numbers, by country code
        ["national-number"] = NationalNumber.IsAny,
        ["ar-cuit"] = AmericanNumbers.IsCuit,
        ["at-svnr"] = EuropeanNumbers.IsAustrianSocialSecurityNumber,
        ["au-abn"] = AsianAndPacificNumbers.IsAustralianBusinessNumber,
        ["au-acn"] = AsianAndPacificNumbers.IsAustralianCompanyNumber,
        ["au-medicare"] = AsianAndPacificNumbers.IsAustralianMedicareNumber,
        ["au-tfn"] = AsianAndPacificNumbers.IsAustralianTaxFileNumber,
        ["be-rrn"] = EuropeanNumbers.IsBelgianRegisterNumber,
        ["bg-egn"] = EasternNumbers.IsBulgarianId,
        ["br-cnpj"] = AmericanNumbers.IsCnpj,
        ["br-cpf"] = AmericanNumbers.IsCpf,
        ["ca-sin"] = AmericanNumbers.IsSocialInsuranceNumber,
        ["ch-ahv"] = EuropeanNumbers.IsSwissSocialSecurityNumber,
        ["cl-rut"] = AmericanNumbers.IsRut,
        ["cn-id"] = AsianAndPacificNumbers.IsChineseId,
        ["cz-id"] = EasternNumbers.IsCzechOrSlovakId,
        ["de-tax-id"] = EuropeanNumbers.IsGermanTaxId,
        ["dk-cpr"] = NordicAndBalticNumbers.IsDanishId,
        ["ec-id"] = AmericanNumbers.IsEcuadorianId,
        ["ee-lt-id"] = NordicAndBalticNumbers.IsEstonianOrLithuanianId,
        ["es-id"] = EuropeanNumbers.IsSpanishId,
        ["fi-hetu"] = NordicAndBalticNumbers.IsFinnishId,
        ["fr-nir"] = EuropeanNumbers.IsFrenchSocialSecurityNumber,
        ["gb-nhs"] = EuropeanNumbers.IsNhsNumber,
        ["gb-nino"] = EuropeanNumbers.IsNationalInsuranceNumber,
        ["gr-amka"] = EasternNumbers.IsGreekSocialSecurityNumber,
        ["hr-oib"] = EasternNumbers.IsCroatianId,
        ["ie-pps"] = EuropeanNumbers.IsIrishServiceNumber,
        ["il-id"] = EasternNumbers.IsIsraeliId,
        ["in-aadhaar"] = AsianAndPacificNumbers.IsAadhaar,
        ["is-id"] = NordicAndBalticNumbers.IsIcelandicId,
        ["it-vat"] = EuropeanNumbers.IsItalianVatNumber,
        ["jp-my-number"] = AsianAndPacificNumbers.IsJapaneseIndividualNumber,
        ["kr-brn"] = AsianAndPacificNumbers.IsKoreanBusiness,
        ["kr-rrn"] = AsianAndPacificNumbers.IsKoreanRegistration,
        ["kz-id"] = EasternNumbers.IsKazakhId,
        ["lv-id"] = NordicAndBalticNumbers.IsLatvianId,
        ["mx-curp"] = AmericanNumbers.IsCurp,
        ["nl-bsn"] = EuropeanNumbers.IsDutchServiceNumber,
        ["no-id"] = NordicAndBalticNumbers.IsNorwegianId,
        ["nz-ird"] = AsianAndPacificNumbers.IsNewZealandTaxNumber,
        ["pl-nip"] = EasternNumbers.IsPolishTaxNumber,
        ["pl-pesel"] = EasternNumbers.IsPesel,
        ["pt-nif"] = EuropeanNumbers.IsPortugueseTaxNumber,
        ["ro-cnp"] = EasternNumbers.IsRomanianId,
        ["ru-inn"] = EasternNumbers.IsRussianTaxpayerNumber,
        ["ru-snils"] = EasternNumbers.IsSnils,
        ["se-organisation"] = NordicAndBalticNumbers.IsSwedishOrganisation,
        ["se-id"] = NordicAndBalticNumbers.IsSwedishId,
        ["th-id"] = AsianAndPacificNumbers.IsThaiId,
        ["tr-id"] = EasternNumbers.IsTurkishId,
        ["tw-id"] = AsianAndPacificNumbers.IsTaiwaneseId,
        ["ua-rnokpp"] = EasternNumbers.IsUkrainianTaxpayerNumber,
        ["us-aba"] = AmericanNumbers.IsRoutingNumber,
        ["us-itin"] = AmericanNumbers.IsTaxpayerNumber,
        ["us-npi"] = AmericanNumbers.IsProviderIdentifier,
        ["us-ssn"] = AmericanNumbers.IsSocialSecurityNumber,
        ["yu-jmbg"] = EasternNumbers.IsYugoslavId,
        ["za-id"] = AsianAndPacificNumbers.IsSouthAfricanId,
    };

    /// <summary>The names in ascending order.</summary>
    public static IReadOnlyList<string> Names => [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether <paramref name="value"/> is a word for "no value", a type, or the thing itself: <c>null</c>, <c>string</c>, <c>dummy</c>, <c>password</c>.</summary>
    public static bool IsWordForNoValue(ReadOnlySpan<byte> value) => Placeholder.IsWord(value);

    /// <summary>Finds a proof by name; null if there is none of that name.</summary>
    public static Check? Find(string name) => ByName.GetValueOrDefault(name);
}

/// <summary>A proof: whether <paramref name="value"/>, what would be masked, can be what the rule is after. Allocates nothing, throws nothing.</summary>
public delegate bool Check(ReadOnlySpan<byte> value);
