namespace Redactor.Forward;

/// <summary>The wait that a backend asks for, within reason.</summary>
internal static class RetryWait
{
    /// <summary>From nothing to <see cref="ForwardLimits.MaxRetryAfter"/>.</summary>
    public static TimeSpan Bound(TimeSpan wait) => TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, ForwardLimits.MaxRetryAfter.Ticks));
}
