namespace Redactor.Forward.Stages;

/// <summary>The waits between the attempts for one payload: growing, varied by chance so that many hops do not come back at once, never shorter than the backend asked.</summary>
/// <param name="options">The first and the longest wait.</param>
/// <param name="random">Where chance comes from.</param>
internal sealed class RetryWaits(RetryOptions options, Random random)
{
    /// <summary>The collector's <c>multiplier</c>.</summary>
    private const double Growth = 1.5;

    /// <summary>The collector's <c>randomization_factor</c>: each wait is from half to one and a half of its nominal length.</summary>
    private const double Spread = 0.5;

    private TimeSpan nominal = Min(options.InitialInterval, options.MaxInterval);

    /// <summary>The next wait.</summary>
    /// <param name="asked">What the backend asked for, or null.</param>
    public TimeSpan Next(TimeSpan? asked)
    {
        var varied = nominal * (1 - Spread + (random.NextDouble() * 2 * Spread));
        nominal = Min(nominal * Growth, options.MaxInterval);
        return asked > varied ? asked.Value : varied;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
