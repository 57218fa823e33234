namespace Redactor.Redact.Chunks;

/// <summary>Every limit of joining chunks: what it bounds, its unit and why it has that value.</summary>
internal static class ChunkLimits
{
    /// <summary>Greatest length in bytes of a text that is taken for a chunk: 2 KiB. Streams come word by word or line by line; what is longer is no chunk, and would be searched twice.</summary>
    public const int MaxChunk = 2048;

    /// <summary>How much of a stream's text is kept of each end of a request, in bytes: 1 KiB. Keys have up to some 200 characters, most JSON Web Tokens fewer than 1,000.</summary>
    public const int Window = 1024;

    /// <summary>Least length in bytes of a word at the end of a stream that may be half a secret: 8. Seven characters of a key are its prefix, which is no secret.</summary>
    public const int MinOpen = 8;

    /// <summary>How long the end of a stream's text is kept in memory for what may follow: a minute, six times the longest usual pause between two exports of one client.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    /// <summary>What one kept text costs beside its bytes: 256, of objects and the name of its stream.</summary>
    public const int KeptOverhead = 256;
}
