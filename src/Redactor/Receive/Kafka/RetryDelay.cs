namespace Redactor.Receive.Kafka;

/// <summary>The waits before one record is offered again: doubling, varied by chance so that records do not come back all at once.</summary>
internal sealed class RetryDelay(KafkaReceiveLimits limits)
{
    private TimeSpan nominal = limits.FirstRetry;

    /// <param name="asked">What a backend asked for, or null.</param>
    public TimeSpan Next(TimeSpan? asked)
    {
        var varied = nominal * (0.5 + Random.Shared.NextDouble());
        nominal = nominal * 2 < limits.LongestRetry ? nominal * 2 : limits.LongestRetry;
        return asked > varied ? asked.Value : varied;
    }
}
