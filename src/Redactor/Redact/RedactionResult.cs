using Redactor.Locate;

namespace Redactor.Redact;

/// <summary>How the redaction of one payload ended. Anything but <see cref="Ok"/> means: nothing may go on, tell the sender.</summary>
public enum RedactionStatus
{
    /// <summary>Scanned whole; what goes on is clean.</summary>
    Ok,

    /// <summary>Not the message it should be: truncated, a length that can't be, a wire type OTLP does not use, broken JSON.</summary>
    Malformed,

    /// <summary>Nested deeper than <see cref="LocateLimits.MaxNesting"/>.</summary>
    TooDeep,

    /// <summary>More places to look at, or to mask, than there is memory meant for.</summary>
    TooDense,

    /// <summary>Text that goes over budget, and is refused, stands in no record but in what records share.</summary>
    OverBudget,

    /// <summary>A rule drops the one record that the payload is: nothing is left to go on, and nothing is wrong.</summary>
    Dropped,
}

/// <summary>What became of one OTLP payload.</summary>
/// <param name="Status">Whether it may go on.</param>
/// <param name="Payload">The clean payload; null unless <paramref name="Status"/> is <see cref="RedactionStatus.Ok"/>.</param>
/// <param name="Report">What was found, without any of its text.</param>
public readonly record struct RedactionResult(RedactionStatus Status, RedactedPayload? Payload, RedactionReport Report);

/// <summary>What became of one text or JSON value outside OTLP.</summary>
/// <param name="Status">Whether it may go on.</param>
/// <param name="Bytes">The clean bytes, the very same memory where nothing was found; empty unless <paramref name="Status"/> is <see cref="RedactionStatus.Ok"/>.</param>
/// <param name="Report">What was found, without any of its text.</param>
public readonly record struct RedactedText(RedactionStatus Status, ReadOnlyMemory<byte> Bytes, RedactionReport Report)
{
    /// <summary>The result for what could not be walked to its end.</summary>
    internal static RedactedText Refused(LocateStatus reason) => new(StatusOf(reason), default, RedactionReport.Clean);

    private static RedactionStatus StatusOf(LocateStatus reason) => reason switch
    {
        LocateStatus.TooDeep => RedactionStatus.TooDeep,
        LocateStatus.TooDense => RedactionStatus.TooDense,
        _ => RedactionStatus.Malformed,
    };
}
