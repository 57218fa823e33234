namespace Redactor.Locate;

/// <summary>How locating ended.</summary>
public enum LocateStatus
{
    Ok,

    /// <summary>Truncated, a length that can't be, a wire type OTLP does not use, broken JSON.</summary>
    Malformed,

    /// <summary>Nested deeper than <see cref="LocateLimits.MaxNesting"/>.</summary>
    TooDeep,

    /// <summary>More places to look at than there is memory meant for: see <see cref="Redactor.Scanning.TooDenseException"/>.</summary>
    TooDense,
}
