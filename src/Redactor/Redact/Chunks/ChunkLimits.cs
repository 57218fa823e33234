namespace Redactor.Redact.Chunks;

/// <summary>Every limit of joining chunks: what it bounds, its unit and why it has that value.</summary>
internal static class ChunkLimits
{
    /// <summary>Greatest length in bytes of a text that is taken for a chunk: 2 KiB. Streams come word by word or line by line; what is longer is no chunk, and would be searched twice.</summary>
    public const int MaxChunk = 2048;

    /// <summary>Most pieces that are joined to one text: 4,096, a long answer word by word. A longer stream is joined in parts.</summary>
    public const int MaxPieces = 4096;
}
