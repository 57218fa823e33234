using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace Redactor.Forward;

/// <summary>
/// The body of one request: bytes that belong to somebody else, sent without a copy, behind the five bytes that gRPC puts before a message.
/// A backend may answer, or a time-out strike, while the body is still being sent: <see cref="WhenReleasedAsync"/> says when nothing reads it any more.
/// </summary>
internal sealed class PayloadContent : HttpContent
{
    private const int GrpcPrefixLength = 5;

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly byte[] prefix;
    private volatile Task sending = Task.CompletedTask;

    private PayloadContent(ReadOnlyMemory<byte> bytes, byte[] prefix, string mediaType)
    {
        this.bytes = bytes;
        this.prefix = prefix;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    /// <summary>A gRPC message: a flag for compression, the length in big-endian order, the bytes.</summary>
    public static PayloadContent Grpc(ReadOnlyMemory<byte> message, bool compressed)
    {
        var prefix = new byte[GrpcPrefixLength];
        prefix[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix.AsSpan(1), (uint)message.Length);
        return new PayloadContent(message, prefix, "application/grpc");
    }

    /// <summary>The body of an OTLP/HTTP request.</summary>
    public static PayloadContent Http(ReadOnlyMemory<byte> body, PayloadEncoding encoding, bool compressed)
    {
        var content = new PayloadContent(body, [], encoding == PayloadEncoding.Json ? "application/json" : "application/x-protobuf");
        if (compressed)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return content;
    }

    /// <summary>Waits until nothing reads the bytes any more. To be called once the request has ended, one way or the other.</summary>
    public async Task WhenReleasedAsync() => await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var send = SendAsync(stream, cancellationToken);

        // A backend may refuse a stream half way; the handler then sends once more, and does not wait for the end of the first.
        sending = Task.WhenAll(sending, send);
        return send;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = prefix.Length + bytes.Length;
        return true;
    }

    private async Task SendAsync(Stream stream, CancellationToken cancellation)
    {
        await stream.WriteAsync(prefix, cancellation);
        await stream.WriteAsync(bytes, cancellation);
    }
}
