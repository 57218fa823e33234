namespace Redactor.Scanning;

/// <summary>
/// A text has more places to look at than there is memory meant for: nothing of it may go on. Thrown where lists grow, so that the usual case pays nothing.
/// </summary>
public sealed class TooDenseException() : Exception("more places to look at than the limit allows");
