namespace Redactor.Redact.Chunks;

/// <summary>What other requests hold of a stream.</summary>
/// <param name="Before">The text right before that of the request, as it was received; empty: none is known.</param>
/// <param name="After">The text right behind it.</param>
/// <param name="IsOpen">Whether the stream's text ends in what may be half a secret, of which nobody knows yet how it goes on: it is masked.</param>
internal sealed record StreamContext(byte[] Before, byte[] After, bool IsOpen)
{
    /// <summary>Nothing is known.</summary>
    public static StreamContext None { get; } = new([], [], false);
}

/// <summary>What other requests hold of the streams of one request.</summary>
internal sealed class StreamNeighbours(IReadOnlyDictionary<string, StreamContext> streams)
{
    /// <summary>What they hold of the stream of this name.</summary>
    public StreamContext Of(string stream) => streams.GetValueOrDefault(stream, StreamContext.None);
}
