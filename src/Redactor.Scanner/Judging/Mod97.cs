namespace Redactor.Scanning.Judging;

/// <summary>The checksum of ISO/IEC 7064 MOD 97-10 over digits and letters (A is 10, Z is 35).</summary>
internal static class Mod97
{
    /// <summary>
    /// The remainder of <paramref name="remainder"/> followed by the characters of <paramref name="text"/>; spaces and hyphens don't count.
    /// </summary>
    public static int Append(int remainder, ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                remainder = (remainder * 10 + b - '0') % 97;
            }
            else if ((b | 0x20) is >= 'a' and <= 'z')
            {
                remainder = (remainder * 100 + (b | 0x20) - 'a' + 10) % 97;
            }
        }

        return remainder;
    }
}
