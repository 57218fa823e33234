using Confluent.Kafka;
using Redactor.Kafka;

namespace Redactor.Receive.Kafka;

/// <summary>Tells the log when a receiver's state changes, not each record of a bad hour. Never holds text of records, nor a broker's or backend's own words.</summary>
internal sealed partial class KafkaReceiverLog(string receiver, ILogger logger)
{
    private string? trouble;
    private string? lastError;

    /// <summary>Records wait, because <paramref name="why"/>.</summary>
    public void Waits(string why)
    {
        if (Interlocked.Exchange(ref trouble, why) != why)
        {
            LogWaits(receiver, why);
        }
    }

    public void GoesOn()
    {
        if (trouble is not null && Interlocked.Exchange(ref trouble, null) is not null)
        {
            LogGoesOn(receiver);
        }
    }

    public void Error(ErrorCode code)
    {
        // Compared as it is told: librdkafka has several codes for brokers that are away, and alternates between them.
        string status = KafkaErrors.Describe(code);
        if (Interlocked.Exchange(ref lastError, status) != status)
        {
            LogError(receiver, status);
        }
    }

    /// <summary>Records arrive: whatever the last error was, it is over.</summary>
    public void Arrived() => lastError = null;

    [LoggerMessage(LogLevel.Warning, "Receiver {Receiver}: records wait, {Why}; they are offered again until that is over")]
    private partial void LogWaits(string receiver, string why);

    [LoggerMessage(LogLevel.Information, "Receiver {Receiver} goes on")]
    private partial void LogGoesOn(string receiver);

    [LoggerMessage(LogLevel.Warning, "Receiver {Receiver}: {Status}")]
    private partial void LogError(string receiver, string status);

    [LoggerMessage(LogLevel.Warning, "Receiver {Receiver}: dead letter from {Topic}, partition {Partition}, offset {Offset}: {Reason}")]
    private partial void LogDeadLetter(string receiver, string topic, int partition, long offset, string reason);

    public void DeadLetter(ConsumedRecord record, Refusal reason) =>
        LogDeadLetter(receiver, record.Topic, record.Partition, record.Offset, DeadLetterWords.Reason(reason));

    [LoggerMessage(LogLevel.Error, "Receiver {Receiver}: a record is refused after an unexpected {Exception}\n{StackTrace}")]
    private partial void LogDefect(string receiver, string? exception, string? stackTrace);

    /// <summary>The exception's message may quote the payload: only its kind and the place are safe to tell.</summary>
    public void Defect(Exception exception) => LogDefect(receiver, exception.GetType().FullName, exception.StackTrace);
}
