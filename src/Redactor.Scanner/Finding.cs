namespace Redactor.Scanning;

/// <summary>A stretch of a unit that a rule wants masked.</summary>
/// <param name="Rule">Index into <see cref="Scanner.Rules"/>.</param>
/// <param name="Start">Offset of the first byte to mask, from the start of the unit.</param>
/// <param name="Length">Number of bytes to mask, at least 1.</param>
public readonly record struct Finding(int Rule, int Start, int Length)
{
    /// <summary>Offset just behind the last byte to mask.</summary>
    public int End => Start + Length;
}

/// <summary>How a scan of one unit ended.</summary>
public enum ScanStatus
{
    /// <summary>Every rule was answered.</summary>
    Complete,

    /// <summary>The unit cost more steps than <see cref="ScanLimits.StepsPerByte"/> allows: it must be masked whole.</summary>
    OverBudget,
}
