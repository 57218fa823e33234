using System.Text;

namespace Redactor.Redact;

/// <summary>The word before the credentials in an <c>Authorization</c> header. It is no secret and tells what was tried, so it stays readable.</summary>
internal static class AuthenticationScheme
{
    /// <summary>IANA's registry of HTTP authentication schemes, and what vendors use beside it.</summary>
    private static readonly byte[][] Names =
    [
        .. new[]
        {
            "Basic", "Bearer", "Concealed", "Digest", "DPoP", "GNAP", "HOBA", "Mutual", "Negotiate", "OAuth", "PrivateToken", "SCRAM-SHA-1", "SCRAM-SHA-256", "vapid",
            "ApiKey", "Api-Key", "AWS4-HMAC-SHA256", "Bot", "GenieKey", "Hawk", "Key", "NTLM", "Splunk", "SSWS", "Token",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>Length of the scheme and the blanks behind it; 0 if <paramref name="value"/> does not begin with one, or is nothing else.</summary>
    public static int LengthIn(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)' ');
        int credentials = end <= 0 ? -1 : value[end..].IndexOfAnyExcept((byte)' ');
        if (credentials < 0)
        {
            return 0;
        }

        foreach (byte[] name in Names)
        {
            if (Ascii.EqualsIgnoreCase(value[..end], name))
            {
                return end + credentials;
            }
        }

        return 0;
    }
}
