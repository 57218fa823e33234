namespace Redactor.Scanning;

/// <summary>A place where the filter saw what some rule needs. It proves nothing: a rule has yet to confirm it.</summary>
/// <param name="Position">Offset in the scanned buffer of the first byte of the atom.</param>
/// <param name="Atom">Which atom of the scanner was seen, and behind all of these that a window of an exact value was.</param>
public readonly record struct Candidate(int Position, int Atom);
