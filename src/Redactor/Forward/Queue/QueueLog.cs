namespace Redactor.Forward.Queue;

/// <summary>What the queue tells the log: states that change, never text of a payload or of a backend.</summary>
internal sealed partial class QueueLog(ILogger logger)
{
    private string? trouble;

    public void Trouble(string reason)
    {
        if (Interlocked.Exchange(ref trouble, reason) != reason)
        {
            LogTrouble(reason);
        }
    }

    public void Recovered()
    {
        if (Interlocked.Exchange(ref trouble, null) is not null)
        {
            LogRecovered();
        }
    }

    [LoggerMessage(LogLevel.Error, "Queue file set aside as {Name}: {Reason}. A new one was begun; what the old one holds is not delivered")]
    public partial void SetAside(string name, string reason);

    [LoggerMessage(LogLevel.Warning, "Queue: {Count} batches wait for {Exporter} ({Signal}), which the configuration does not name any more; they are dead letters now")]
    public partial void Orphaned(long count, string exporter, Signal signal);

    [LoggerMessage(LogLevel.Error, "Queue: a batch can't be read or delivered after an unexpected {Exception}")]
    public partial void Unexpected(string exception);

    [LoggerMessage(LogLevel.Error, "Queue: nothing can be kept, senders are asked to try again later: {Reason}")]
    private partial void LogTrouble(string reason);

    [LoggerMessage(LogLevel.Information, "Queue: batches are kept again")]
    private partial void LogRecovered();
}
