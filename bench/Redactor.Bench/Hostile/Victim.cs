using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Redactor.Tests.Hostile;
using Redactor.Tests.Interop;

namespace Redactor.Bench.Hostile;

/// <summary>The program under attack, and what can be sent to it.</summary>
internal sealed class Victim(RedactorProcess process) : IDisposable
{
    private const string LogsMethod = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        MaxConnectionsPerServer = 256,
        EnableMultipleHttp2Connections = true,
        SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null },
    });

    public Uri Grpc => process.Grpc;

    public Uri Http => process.Http;

    public int Id => process.Id;

    /// <summary>A bearer token that is not valid.</summary>
    public AuthenticationHeaderValue? Credentials { get; set; }

    /// <summary>Sends the same over both transports, <paramref name="each"/> times at once.</summary>
    /// <returns>The answers, with how often each was given.</returns>
    public async Task<string> SendAsync(byte[] message, int each, bool gzip = false, string contentType = "application/x-protobuf", bool grpcToo = true)
    {
        byte[] framed = [(byte)(gzip ? 1 : 0), .. Length(message), .. message];
        IEnumerable<Task<string>> calls = Enumerable.Range(0, each).Select(_ => AnswerAsync(() => Post("/v1/logs", message, contentType, gzip)));
        if (grpcToo)
        {
            calls = calls.Concat(Enumerable.Range(0, each).Select(_ => AnswerAsync(() => Call(framed, gzip))));
        }

        string[] answers = await Task.WhenAll(calls);
        return string.Join("; ", answers.CountBy(a => a).OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Value} x {a.Key}"));
    }

    /// <summary>Whether a small request is accepted over both transports.</summary>
    public async Task<bool> ServesAsync()
    {
        var credentials = Credentials;
        Credentials = null;
        string answers = await SendAsync(HostileMessages.ManyAttributes(1), 1);
        Credentials = credentials;
        return answers == "1 x HTTP 200; 1 x gRPC 0";
    }

    public void Dispose()
    {
        client.Dispose();
        process.Dispose();
    }

    private static byte[] Length(byte[] message) => [(byte)(message.Length >> 24), (byte)(message.Length >> 16), (byte)(message.Length >> 8), (byte)message.Length];

    private HttpRequestMessage Post(string path, byte[] body, string contentType, bool gzip)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Http, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (gzip)
        {
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        request.Headers.Authorization = Credentials;
        return request;
    }

    private HttpRequestMessage Call(byte[] framed, bool gzip)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Grpc, LogsMethod))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(framed),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        if (gzip)
        {
            request.Headers.TryAddWithoutValidation("grpc-encoding", "gzip");
        }

        request.Headers.Authorization = Credentials;
        return request;
    }

    private async Task<string> AnswerAsync(Func<HttpRequestMessage> make)
    {
        using var request = make();
        try
        {
            using var response = await client.SendAsync(request, default);
            await response.Content.CopyToAsync(Stream.Null);
            return response.TrailingHeaders.TryGetValues("grpc-status", out var status) || response.Headers.TryGetValues("grpc-status", out status)
                ? $"gRPC {status.Single()}"
                : string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            return $"{(request.Version == HttpVersion.Version20 ? "gRPC" : "HTTP")} broken off ({e.HttpRequestError})";
        }
    }
}
