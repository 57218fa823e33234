using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace Redactor.Tests.Receive;

/// <summary>What a gRPC call came to: its status from the trailers or, "trailers-only", from the headers.</summary>
internal sealed record GrpcReply(int Status, string Message, byte[] Body, HttpResponseMessage Response)
{
    public bool IsTrailersOnly => Response.Headers.Contains("grpc-status");

    public string? Header(string name) => Response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}

/// <summary>A gRPC client that lets a test spell every byte.</summary>
internal sealed class GrpcClient(Uri address) : IDisposable
{
    public const string TracesPath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    /// <summary><paramref name="message"/> behind its prefix.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> message, byte flag = 0)
    {
        byte[] frame = new byte[5 + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame.AsSpan(5));
        return frame;
    }

    public static HttpRequestMessage Request(Uri address, string path, HttpContent body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        body.Headers.ContentType ??= new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    public Task<GrpcReply> SendAsync(byte[] body, params (string Name, string Value)[] headers) => SendAsync(TracesPath, body, headers);

    public Task<GrpcReply> SendAsync(string path, byte[] body, params (string Name, string Value)[] headers) =>
        SendAsync(Request(address, path, new ByteArrayContent(body), headers));

    public async Task<GrpcReply> SendAsync(HttpRequestMessage request, CancellationToken cancellation = default)
    {
        HttpResponseMessage response = await invoker.SendAsync(request, cancellation);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
        HttpHeaders status = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        return new GrpcReply(
            int.Parse(status.GetValues("grpc-status").Single(), null),
            status.TryGetValues("grpc-message", out var message) ? Uri.UnescapeDataString(message.Single()) : "",
            body,
            response);
    }

    /// <summary>Sends something that is no gRPC call and may get any answer.</summary>
    public Task<HttpResponseMessage> SendRawAsync(HttpRequestMessage request) => invoker.SendAsync(request, default);

    public void Dispose() => invoker.Dispose();
}
