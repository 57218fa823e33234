namespace Redactor.Files;

/// <summary>Every limit of reading files: what it bounds, its unit and why it has that value.</summary>
internal static class FileLimits
{
    /// <summary>Size of one read in bytes: 256 KiB, the window of the stream scan. What fits is scanned in one piece.</summary>
    public const int ReadSize = 256 * 1024;

    /// <summary>What two parts of a file share whose decoded views are read, in bytes: 32 KiB hold any match (16 KiB) in hex, or in base64 with line ends.</summary>
    public const int PartOverlap = 32 * 1024;

    /// <summary>How far into a file a NUL makes it a binary one, in bytes: 8 KiB, as git looks.</summary>
    public const int BinaryProbe = 8 * 1024;

    /// <summary>Greatest number of findings that are told of one file: nobody reads more, and a dump of secrets must not fill the memory.</summary>
    public const int MaxFindings = 100_000;

    /// <summary>Text shown at either side of a finding, in bytes: with a label between about what a line of a terminal holds.</summary>
    public const int ExcerptContext = 40;

    /// <summary>Greatest size of a <c>.gitignore</c> in bytes: 1 MiB, a thousand times a long one.</summary>
    public const int MaxIgnoreFile = 1024 * 1024;

    /// <summary>Greatest length of one pattern in a <c>.gitignore</c> in characters: the longest path of Linux; no longer one can match anything.</summary>
    public const int MaxIgnorePattern = 4096;
}
