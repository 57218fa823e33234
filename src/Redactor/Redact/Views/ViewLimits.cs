namespace Redactor.Redact.Views;

/// <summary>Every limit of decoded views: what it bounds, its unit and why it has that value.</summary>
internal static class ViewLimits
{
    /// <summary>
    /// How many encodings deep a unit is read: 8. Four is what nested telemetry has (base64 of JSON in JSON in JSON); the others are room for what looks encoded in the text
    /// itself, such as paths with backslashes. What is encoded once more than that is masked. As the views of one text lie side by side, all views of a unit together are
    /// at most eight times as long as it.
    /// </summary>
    public const int MaxDepth = 8;

    /// <summary>Least length in bytes of a run of base64 or hex that is decoded: 32. Shorter ones are words and numbers, and hold no key that a rule knows.</summary>
    public const int MinRun = 32;

    /// <summary>How many decoded bytes decide whether a run is text: 24 at the start of it. Random bytes are taken for text once in 10^9 tries.</summary>
    public const int Probe = 24;

    /// <summary>How far into a run its text may begin, in bytes: 256, behind a long path. Looking for it costs half a microsecond where there is none.</summary>
    public const int MaxPrefix = 256;

    /// <summary>Least length in bytes from which a run that is no text is a blob, in which chance looks like a token: 512, more than any token without a form.</summary>
    public const int MinBlob = 512;

    /// <summary>
    /// Views that any unit may have, however short it is: 64, and one for each <see cref="BytesPerView"/> of it. What goes beyond is masked: a view costs about what
    /// a KiB of text does, and nothing but an attack has one every few bytes.
    /// </summary>
    public const int MinViews = 64;

    /// <summary>Bytes of a unit for which it may have one more view: 32, the least run.</summary>
    public const int BytesPerView = 32;

    /// <summary>
    /// Greatest sum of the views of one unit in bytes: 64 MiB, one view of the largest message, or all views that a unit of 8 MiB can have. What goes beyond is masked.
    /// </summary>
    public const int MaxViewBytes = 64 * 1024 * 1024;

    /// <summary>How far from a <c>%XX</c> a <c>+</c> stands for a space, in bytes: 16 KiB, the longest URL that servers take.</summary>
    public const int MaxForm = 16 * 1024;

    /// <summary>How far behind a place where a member's name may be its closing quote is looked for, in bytes: 64, the longest name of a secret in practice, and as many as are looked at at once.</summary>
    public const int MaxNameRest = 64;
}
