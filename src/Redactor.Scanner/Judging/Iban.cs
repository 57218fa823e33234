namespace Redactor.Scanning.Judging;

/// <summary>International bank account numbers: ISO 13616, with each country's length from the SWIFT IBAN registry.</summary>
internal static class Iban
{
    /// <summary>Country code and length of its IBANs, three to six characters an entry.</summary>
    private static readonly Dictionary<int, int> LengthByCountry = ReadRegistry(
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 "
        + "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 "
        + "MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 "
        + "SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

    /// <summary>Whether <paramref name="value"/>, with or without spaces, is an IBAN: known country, its length, right check digits.</summary>
    public static bool IsValid(ReadOnlySpan<byte> value)
    {
        if (value.Length < 15)
        {
            return false;
        }

        int length = value.Length - value.Count((byte)' ') - value.Count((byte)'-');
        return LengthByCountry.TryGetValue(Country((char)(value[0] & ~0x20), (char)(value[1] & ~0x20)), out int expected)
            && length == expected
            && Mod97.Append(Mod97.Append(0, value[4..]), value[..4]) == 1;
    }

    private static int Country(char first, char second) => first << 8 | second;

    private static Dictionary<int, int> ReadRegistry(string registry) =>
        registry.Split(' ').ToDictionary(entry => Country(entry[0], entry[1]), entry => int.Parse(entry.AsSpan(2), provider: null));
}
