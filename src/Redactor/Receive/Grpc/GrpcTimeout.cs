using System.Globalization;

namespace Redactor.Receive.Grpc;

/// <summary>The <c>grpc-timeout</c> header: one to eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const int MaxDigits = 8;

    /// <summary>The longest that a timer can wait; what is longer never ends.</summary>
    private static readonly TimeSpan MaxTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Reads a header.</summary>
    /// <param name="text">The value; empty if the header is absent.</param>
    /// <param name="timeout">The time to wait, rounded up to whole milliseconds, or null for no end.</param>
    /// <returns>Whether the value has the right form.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan? timeout)
    {
        timeout = null;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length > MaxDigits + 1
            || !long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            || TicksPer(text[^1]) is not { } ticksPerUnit)
        {
            return false;
        }

        double milliseconds = Math.Ceiling(value * ticksPerUnit / TimeSpan.TicksPerMillisecond);
        timeout = milliseconds > MaxTimer.TotalMilliseconds ? null : TimeSpan.FromMilliseconds(milliseconds);
        return true;
    }

    private static double? TicksPer(char unit) => unit switch
    {
        'H' => TimeSpan.TicksPerHour,
        'M' => TimeSpan.TicksPerMinute,
        'S' => TimeSpan.TicksPerSecond,
        'm' => TimeSpan.TicksPerMillisecond,
        'u' => TimeSpan.TicksPerMicrosecond,
        'n' => TimeSpan.TicksPerMicrosecond / 1000.0,
        _ => null,
    };
}
