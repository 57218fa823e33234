using System.Buffers.Text;

namespace Redactor.Scanning.Judging;

/// <summary>Telephone numbers: 7 to 15 digits (ITU-T E.164) in groups that people write, no date and no IPv4 address.</summary>
internal static class PhoneNumber
{
    private const int MinDigits = 7;
    private const int MaxDigits = 15;

    /// <summary>Whether <paramref name="value"/> reads like a telephone number.</summary>
    public static bool IsValid(ReadOnlySpan<byte> value)
    {
        int digits = 0, group = 0, groups = 0, shortest = MaxDigits, longest = 0;
        for (int i = 0; i <= value.Length; i++)
        {
            if (i < value.Length && value[i] is >= (byte)'0' and <= (byte)'9')
            {
                digits++;
                group++;
            }
            else if (group > 0)
            {
                groups++;
                shortest = groups > 1 ? Math.Min(shortest, group) : shortest;
                longest = Math.Max(longest, group);
                group = 0;
            }
        }

        bool marked = value.Length > 0 && value[0] == '+' || value.Contains((byte)'(');
        return digits is >= MinDigits and <= MaxDigits
            && (groups == 1 || shortest > 1 || marked)
            && (longest < 9 || groups < 3)
            && !IsDecimal(value)
            && !IsDate(value)
            && !IsAddress(value);
    }

    /// <summary>A number with decimals: one dot and no other separator, and behind it less than a number has behind its country's code (<c>+1.5551234567</c>, RFC 5733).</summary>
    private static bool IsDecimal(ReadOnlySpan<byte> value) =>
        value.IndexOf((byte)'.') is > 0 and var dot && value.Length - dot <= MinDigits && value.Count((byte)'.') == 1 && value.IndexOfAny(" -("u8) < 0;

    /// <summary>A year of our time and a month behind a hyphen, dot or slash; or two years.</summary>
    private static bool IsDate(ReadOnlySpan<byte> value) =>
        value.Length >= 8 && IsYear(value) && IsSeparator(value[4])
        && (IsSeparator(value[7]) || value[7] == ' ' || (value.Length == 9 && IsYear(value[5..])));

    /// <summary>Four numbers up to 255 with dots between, as IPv4 addresses are written.</summary>
    private static bool IsAddress(ReadOnlySpan<byte> value)
    {
        int numbers = 0;
        foreach (Range part in value.Split((byte)'.'))
        {
            numbers++;
            if (!Utf8Parser.TryParse(value[part], out byte _, out int read) || read != value[part].Length)
            {
                return false;
            }
        }

        return numbers == 4;
    }

    private static bool IsYear(ReadOnlySpan<byte> value) => value.StartsWith("19"u8) || value.StartsWith("20"u8);

    private static bool IsSeparator(byte b) => b is (byte)'-' or (byte)'.' or (byte)'/';
}
