using System.Globalization;
using System.Text;
using Redactor.Scanning.Judging;

namespace Redactor.Rules;

/// <summary>The kinds of fill that examples know: plain character classes, and values that carry a checksum.</summary>
internal static class ExampleFill
{
    private const string Digits = "0123456789";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Tries before a value that passes a check is given up on; a two-digit checksum takes a hundred.</summary>
    private const int MaxTries = 100_000;

    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = Lower + Upper + Digits,
        ["hex"] = Digits + "abcdef",
        ["digits"] = Digits,
        ["lower"] = Lower,
        ["upper"] = Upper,
        ["upnum"] = Upper + Digits,
        ["lownum"] = Lower + Digits,
        ["base32"] = Upper + "234567",
        ["base64"] = Lower + Upper + Digits + "+/",
        ["base64url"] = Lower + Upper + Digits + "-_",
    };

    /// <summary>Makes one fill.</summary>
    /// <exception cref="FormatException">The kind is unknown or an argument is wrong.</exception>
    public static string Make(string kind, string[] arguments, FillRandom random) => kind switch
    {
        "luhn" => Luhn(arguments, random),
        "iban" => Iban(arguments, random),
        "check" => Checked(arguments, random),
        _ when Classes.TryGetValue(kind, out string? alphabet) && arguments.Length == 1 => random.Text(alphabet, Length(arguments[0])),
        _ when Classes.ContainsKey(kind) => throw new FormatException($"a fill is {{{kind}:LENGTH}}"),
        _ => throw new FormatException(
            $"unknown fill {{{kind}:...}}; there are {string.Join(", ", Classes.Keys)}, luhn, iban and check (a space behind the colon makes it plain text)"),
    };

    /// <summary><c>{luhn:16:4}</c>: 16 digits that begin with 4, the last by ISO/IEC 7812-1 annex B.</summary>
    private static string Luhn(string[] arguments, FillRandom random)
    {
        if (arguments.Length > 2 || !(arguments.ElementAtOrDefault(1) ?? "").All(char.IsAsciiDigit))
        {
            throw new FormatException("a Luhn fill is {luhn:LENGTH} or {luhn:LENGTH:DIGITS}");
        }

        string body = Prefixed(Digits, Math.Max(0, Length(arguments[0]) - 1), arguments.ElementAtOrDefault(1), random);
        int sum = 0;
        for (int i = 0; i < body.Length; i++)
        {
            int digit = body[^(i + 1)] - '0';
            sum += i % 2 != 0 ? digit : digit < 5 ? digit * 2 : (digit * 2) - 9;
        }

        return body + (char)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary><c>{iban:GB:18:NWBK}</c>: country, two check digits by ISO 13616 (mod 97), and 18 characters of account that begin with NWBK, else digits.</summary>
    private static string Iban(string[] arguments, FillRandom random)
    {
        if (arguments.Length is < 2 or > 3 || arguments[0] is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
        {
            throw new FormatException("an IBAN fill is {iban:COUNTRY:LENGTH} or {iban:COUNTRY:LENGTH:PREFIX}, the length without country and check digits");
        }

        string account = Prefixed(Digits, Length(arguments[1]), arguments.ElementAtOrDefault(2), random);
        int remainder = 0;
        foreach (char c in account + arguments[0] + "00")
        {
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + c - '0') % 97 : ((remainder * 100) + char.ToUpperInvariant(c) - 'A' + 10) % 97;
        }

        return $"{arguments[0]}{98 - remainder:00}{account}";
    }

    /// <summary><c>{check:verhoeff:digits:12:2}</c>: 12 digits that begin with 2 and pass the scanner's check of that name.</summary>
    private static string Checked(string[] arguments, FillRandom random)
    {
        if (arguments.Length is < 3 or > 4 || !Classes.TryGetValue(arguments[1], out string? alphabet))
        {
            throw new FormatException("a checked fill is {check:NAME:CLASS:LENGTH} or {check:NAME:CLASS:LENGTH:PREFIX}");
        }

        var check = Checks.Find(arguments[0])
            ?? throw new FormatException($"unknown check \"{arguments[0]}\" in a fill; there are {string.Join(", ", Checks.Names)}");
        int length = Length(arguments[2]);
        for (int i = 0; i < MaxTries; i++)
        {
            string value = Prefixed(alphabet, length, arguments.ElementAtOrDefault(3), random);
            if (check(Encoding.UTF8.GetBytes(value)))
            {
                return value;
            }
        }

        throw new FormatException($"no value for the fill {{check:{string.Join(':', arguments)}}} was found in {MaxTries} tries; give a longer prefix");
    }

    private static string Prefixed(string alphabet, int length, string? prefix, FillRandom random) =>
        prefix is null ? random.Text(alphabet, length)
        : prefix.Length <= length ? prefix + random.Text(alphabet, length - prefix.Length)
        : throw new FormatException($"the prefix \"{prefix}\" of a fill is longer than the fill");

    private static int Length(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= RuleLimits.MaxFillLength
            ? length
            : throw new FormatException($"\"{text}\" is no length for a fill; use 0 to {RuleLimits.MaxFillLength}");
}
