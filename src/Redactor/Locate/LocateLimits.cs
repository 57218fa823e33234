namespace Redactor.Locate;

/// <summary>Every limit of locating: what it bounds, its unit and why it has that value.</summary>
public static class LocateLimits
{
    /// <summary>Greatest nesting of messages (protobuf) or of objects and arrays (JSON), in levels: 100, the default of the stock protobuf parsers.</summary>
    public const int MaxNesting = 100;

    /// <summary>Greatest number of located fields in one payload: 4 Mi (256 MiB). 1,000,000 attributes that all have to be looked at are 3 Mi.</summary>
    public const int MaxFields = 4 * 1024 * 1024;

    /// <summary>
    /// Greatest number of texts and places of one payload that are searched: 8 Mi (128 MiB), the keys and values of a request of 64 MiB, the greatest that is usual, made
    /// of attributes of 16 bytes: <c>unit</c> and <c>text</c>.
    /// </summary>
    public const int MaxUnits = 8 * 1024 * 1024;

    /// <summary>
    /// Greatest number of escapes in one text, or in one decoded text: 8 Mi (128 MiB), what 24 MiB of rows of a table have as JSON in JSON in JSON (every third byte) and
    /// 48 MiB of Japanese spelled <c>\u65e5</c>. A payload may have any number: a request of 64 MiB, the greatest that is usual, of such texts has up to 22 Mi.
    /// </summary>
    public const int MaxEscapes = 8 * 1024 * 1024;

    /// <summary>
    /// The least magnitude of an attribute's number that is scanned: 2^35, so that its varint has at least six bytes.
    /// Shorter numbers have at most ten digits, and no rule that can prove a number works on fewer than eleven.
    /// </summary>
    public const ulong MinScannedNumber = 1UL << 35;

    /// <summary>The least length of a number in JSON that is scanned, in bytes: that of <see cref="MinScannedNumber"/>.</summary>
    public const int MinScannedDigits = 11;
}
