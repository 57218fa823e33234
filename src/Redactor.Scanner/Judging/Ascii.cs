namespace Redactor.Scanning.Judging;

/// <summary>Searching text without regard to ASCII case; bytes of other alphabets must be equal.</summary>
internal static class Ascii
{
    /// <summary>The UTF-8 bytes of <paramref name="text"/> with the ASCII letters in lower case.</summary>
    public static byte[] ToLowerUtf8(string text) => [.. System.Text.Encoding.UTF8.GetBytes(text).Select(ToLower)];

    /// <summary>Whether <paramref name="text"/> begins with <paramref name="word"/>, which is in lower case.</summary>
    public static bool StartsWithIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (text.Length < word.Length)
        {
            return false;
        }

        for (int i = 0; i < word.Length; i++)
        {
            if (ToLower(text[i]) != word[i])
            {
                return false;
            }
        }

        return true;
    }

    private static byte ToLower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
}
