using System.Buffers;

namespace Redactor.Receive.Bodies;

/// <summary>How a transport wraps the message in its request body: plainly (HTTP), or behind a length prefix (gRPC).</summary>
internal interface IBodyFraming
{
    /// <summary>Whether the message is compressed by gzip. Known once the body is complete.</summary>
    bool IsGzip { get; }

    /// <summary>Whether the message is complete if nothing more comes.</summary>
    bool IsComplete { get; }

    /// <summary>Moves what it can use from the front of <paramref name="input"/> to <paramref name="body"/>.</summary>
    /// <returns>Why the body can't be taken, or null.</returns>
    Refusal? Take(ref ReadOnlySequence<byte> input, PooledBody body);
}
