namespace Redactor.Scanning.Judging;

/// <summary>Telephone numbers: 7 to 15 digits (ITU-T E.164) in groups that people write, and no date.</summary>
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
            && !IsDate(value);
    }

    /// <summary>Four digits that are a year of our time, then a hyphen, dot or slash and two digits.</summary>
    private static bool IsDate(ReadOnlySpan<byte> value) =>
        value.Length >= 8 && ((value[0] == '1' && value[1] == '9') || (value[0] == '2' && value[1] == '0'))
        && value[4] is (byte)'-' or (byte)'.' or (byte)'/' && value[7] is (byte)'-' or (byte)'.' or (byte)'/' or (byte)' ';
}
