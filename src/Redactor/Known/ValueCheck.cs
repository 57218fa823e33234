using System.Text;
using Redactor.Scanning;

namespace Redactor.Known;

/// <summary>Keeps out what is no secret: masking it everywhere would hide more than it protects.</summary>
internal static class ValueCheck
{
    /// <summary>Least number of different bytes in a value: <c>xxxxxxxxxxxxxxxx</c> and rulers made of hyphens are no secrets.</summary>
    private const int MinDistinct = 4;

    /// <summary>From this length on digits alone are no date, port, count or phone number any more.</summary>
    private const int MinDigits = 16;

    /// <summary>Values of eight bytes and more that configuration holds beside secrets, and passwords that are words of everyday text.</summary>
    private static readonly string[] Common =
    [
        "password", "passw0rd", "password1", "password123", "changeme", "change-me", "change_me", "changeit", "replaceme", "redacted", "placeholder", "example", "your-api-key",
        "default", "disabled", "undefined", "optional", "required", "username", "anonymous", "administrator", "superuser", "postgres", "postgresql", "elasticsearch", "rabbitmq",
        "localhost", "127.0.0.1", "localdomain", "cluster.local", "production", "development", "staging", "testing", "test-key", "testtest", "us-east-1", "eu-west-1", "eu-central-1",
        "kubernetes", "kube-system", "container", "database", "internal", "external", "enabled", "warning", "information", "debugging", "verbose", "welcome1", "iloveyou", "qwertyuiop",
        "letmein1", "sunshine", "football", "baseball", "princess", "trustno1", "abcdefgh", "abcd1234", "application/json", "text/plain", "secret-key", "api-key", "bearer", "basic",
    ];

    /// <summary>Why <paramref name="value"/> can't be a known secret; null if it can.</summary>
    /// <param name="value">The value.</param>
    /// <param name="minLength">The least length in bytes.</param>
    public static string? Refuse(ReadOnlySpan<byte> value, int minLength)
    {
        if (value.Length < minLength)
        {
            return $"shorter than {minLength} bytes";
        }

        if (value.Length > ScanLimits.MaxMatchLength)
        {
            return $"longer than {ScanLimits.MaxMatchLength} bytes";
        }

        return IsCommon(value) ? "too common to be masked wherever it stands" : null;
    }

    private static bool IsCommon(ReadOnlySpan<byte> value)
    {
        foreach (string word in Common)
        {
            if (Ascii.EqualsIgnoreCase(value, word))
            {
                return true;
            }
        }

        return HasFewBytes(value) || (value.Length < MinDigits && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9'));
    }

    private static bool HasFewBytes(ReadOnlySpan<byte> value)
    {
        Span<bool> seen = stackalloc bool[256];
        int distinct = 0;
        foreach (byte b in value)
        {
            distinct += seen[b] ? 0 : 1;
            seen[b] = true;
        }

        return distinct < MinDistinct;
    }
}
