namespace Redactor.Scanning;

/// <summary>A secret that is known as such: wherever its bytes stand in a text, they are a finding.</summary>
/// <param name="Rule">The rule whose finding it is: an index into the rules that the scanner is compiled from.</param>
/// <param name="Value">The secret, <see cref="ScanLimits.MinExactLength"/> to <see cref="ScanLimits.MaxMatchLength"/> bytes. It is read by <see cref="ExactValues"/> and not kept.</param>
/// <param name="Encoded">Whether it is what an encoding makes of a secret: then it may stand within a word however short it is, for chance does not spell such text.</param>
public readonly record struct ExactValue(int Rule, ReadOnlyMemory<byte> Value, bool Encoded = false)
{
    /// <summary>Whether it counts only where it is no part of a longer word.</summary>
    internal bool StandsAlone => !Encoded && Value.Length < ScanLimits.UnboundedExactLength;
}
