namespace Redactor.Scanning.Judging;

/// <summary>Takes the digits out of a number that is written with separators.</summary>
internal static class DigitReader
{
    /// <summary>
    /// Copies the digits of <paramref name="value"/>, as numbers 0 to 9, and leaves out spaces, dots, slashes and hyphens.
    /// </summary>
    /// <param name="value">The text.</param>
    /// <param name="digits">Receives the digits; its length is the greatest count.</param>
    /// <param name="count">How many digits there were.</param>
    /// <returns>False if there is any other byte, or more digits than fit.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, Span<byte> digits, out int count)
    {
        count = 0;
        foreach (byte b in value)
        {
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                if (count == digits.Length)
                {
                    return false;
                }

                digits[count++] = (byte)(b - '0');
            }
            else if (b is not ((byte)' ' or (byte)'-' or (byte)'.' or (byte)'/'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>As <see cref="TryRead"/>, and there must be exactly as many digits as <paramref name="digits"/> holds.</summary>
    public static bool TryReadExactly(ReadOnlySpan<byte> value, Span<byte> digits) =>
        TryRead(value, digits, out int count) && count == digits.Length;

    /// <summary>The number that <paramref name="digits"/> spell; at most nine of them.</summary>
    public static int ToNumber(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
        {
            number = number * 10 + digit;
        }

        return number;
    }

    /// <summary>Whether all digits are the same one.</summary>
    public static bool AreAllEqual(ReadOnlySpan<byte> digits) => digits.IsEmpty || !digits.ContainsAnyExcept(digits[0]);
}
