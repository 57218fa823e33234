namespace Redactor.Forward;

/// <summary>
/// What the sender of one request is told when several backends were asked. All must accept: if any asks for a retry the sender
/// is asked to retry (those that accepted will get the data twice, none will miss it); else, if any refuses for good, the sender hears the first refusal;
/// else partial successes add up to one that names the greatest number of records that some backend rejected.
/// </summary>
public static class OutcomeRule
{
    /// <summary>The one answer to the sender.</summary>
    public static ExportOutcome Merge(IReadOnlyList<ExportOutcome> outcomes)
    {
        if (outcomes.OfType<ExportOutcome.Retryable>().ToList() is [_, ..] retryable)
        {
            return new ExportOutcome.Retryable(Join(retryable.Select(r => r.Message)), retryable.Max(r => r.RetryAfter));
        }

        if (outcomes.OfType<ExportOutcome.Refused>().FirstOrDefault() is { } refused)
        {
            return refused;
        }

        return outcomes.OfType<ExportOutcome.PartialSuccess>().ToList() is [_, ..] partial
            ? new ExportOutcome.PartialSuccess(partial.Max(p => p.RejectedCount), Join(partial.Select(p => p.Message))) { Rejected = [.. partial.SelectMany(p => p.Rejected)] }
            : ExportOutcome.Success;
    }

    private static string Join(IEnumerable<string> messages) => string.Join("; ", messages.Where(m => m.Length > 0));
}
