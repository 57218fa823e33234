namespace Redactor.Scanning.Judging;

/// <summary>What a judge decides on a match of a rule's expression: that it is a finding, or the first proof that it fails.</summary>
public enum Judgement
{
    /// <summary>It is a finding.</summary>
    Accepted,

    /// <summary>What would be masked has less than <see cref="ScanRule.Entropy"/>.</summary>
    LowEntropy,

    /// <summary>What would be masked does not pass <see cref="ScanRule.Check"/>.</summary>
    CheckFailed,

    /// <summary>The match holds none of <see cref="ScanRule.Keywords"/>.</summary>
    NoKeyword,

    /// <summary>The match needs text that belongs to a mask.</summary>
    LeansOnMask,

    /// <summary>What would be masked is masked already.</summary>
    InsideMask,

    /// <summary>None of the words of <see cref="ScanRule.Near"/> stands close by.</summary>
    NoContext,

    /// <summary>The name before the value has one of <see cref="ScanRule.Except"/>.</summary>
    Excepted,
}
