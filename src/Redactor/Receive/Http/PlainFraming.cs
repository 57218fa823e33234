using System.Buffers;
using Redactor.Receive.Bodies;

namespace Redactor.Receive.Http;

/// <summary>The framing of OTLP/HTTP: the body is the message.</summary>
/// <param name="isGzip">Whether the request's <c>Content-Encoding</c> is gzip.</param>
internal sealed class PlainFraming(bool isGzip) : IBodyFraming
{
    public bool IsGzip => isGzip;

    public bool IsComplete => true;

    public Refusal? Take(ref ReadOnlySequence<byte> input, PooledBody body)
    {
        Refusal? refusal = body.Append(input);
        input = input.Slice(input.End);
        return refusal;
    }
}
