namespace Redactor.Scanning;

/// <summary>A secret that is known as such: wherever its bytes stand in a text, they are a finding.</summary>
/// <param name="Rule">The rule whose finding it is: an index into the rules that the scanner is compiled from.</param>
/// <param name="Value">The secret, <see cref="ScanLimits.MinExactLength"/> to <see cref="ScanLimits.MaxMatchLength"/> bytes. It is read while compiling and not kept.</param>
public readonly record struct ExactValue(int Rule, ReadOnlyMemory<byte> Value);
