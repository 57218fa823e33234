namespace Redactor.Receive.Kafka;

/// <summary>What has to become of a record.</summary>
internal enum RecordFate
{
    /// <summary>It is delivered.</summary>
    Done,

    /// <summary>It is offered again, for ever: passing errors, and mistakes of the configuration that would otherwise turn every record into a dead letter.</summary>
    Retry,

    /// <summary>It can never be delivered.</summary>
    DeadLetter,
}

/// <summary>The one place that knows what an outcome means for a record.</summary>
internal static class RecordFates
{
    /// <summary>What becomes of the record.</summary>
    public static RecordFate Of(ExportOutcome outcome) => outcome switch
    {
        ExportOutcome.Accepted or ExportOutcome.PartialSuccess => RecordFate.Done,
        ExportOutcome.Retryable => RecordFate.Retry,
        ExportOutcome.Refused refused => Of(refused.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType(), "not an outcome"),
    };

    private static RecordFate Of(Refusal reason) => reason switch
    {
        Refusal.Malformed or Refusal.TooDeep or Refusal.OverBudget or Refusal.TooDense or Refusal.TooLarge or Refusal.BackendRefused or Refusal.BackendTooLarge or Refusal.Internal => RecordFate.DeadLetter,
        _ => RecordFate.Retry,
    };
}
