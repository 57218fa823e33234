namespace Redactor.Locate;

/// <summary>Every limit of locating: what it bounds, its unit and why it has that value.</summary>
public static class LocateLimits
{
    /// <summary>Greatest nesting of messages (protobuf) or of objects and arrays (JSON), in levels: 100, the default of the stock protobuf parsers.</summary>
    public const int MaxNesting = 100;

    /// <summary>
    /// The least magnitude of an attribute's number that is scanned: 2^35, so that its varint has at least six bytes.
    /// Shorter numbers have at most ten digits, and no rule that can prove a number works on fewer than eleven.
    /// </summary>
    public const ulong MinScannedNumber = 1UL << 35;

    /// <summary>The least length of a number in JSON that is scanned, in bytes: that of <see cref="MinScannedNumber"/>.</summary>
    public const int MinScannedDigits = 11;
}
