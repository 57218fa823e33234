namespace Redactor.Scanning;

/// <summary>A stretch of a stream that a rule wants masked.</summary>
/// <param name="Rule">Index into <see cref="Scanner.Rules"/>, or <see cref="OverBudget"/>.</param>
/// <param name="Start">Offset of the first byte to mask, from the start of the stream.</param>
/// <param name="Length">Number of bytes to mask. A token longer than any match may be comes as several findings, each starting where the one before ends.</param>
public readonly record struct StreamFinding(int Rule, long Start, long Length)
{
    /// <summary>In place of a rule: this part of the stream cost more steps than <see cref="ScanLimits.StepsPerByte"/> allows and must be masked whole.</summary>
    public const int OverBudget = -1;

    /// <summary>Whether this is a further piece of a token that is longer than any match may be; the piece before it has the same rule.</summary>
    public bool Continues { get; init; }
}
