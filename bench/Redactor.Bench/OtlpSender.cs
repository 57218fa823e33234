using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Redactor.Bench;

/// <summary>Sends ready-made requests over OTLP/gRPC and OTLP/HTTP. Bodies go out from the memory they are in.</summary>
internal sealed class OtlpSender(Uri target) : IDisposable
{
    /// <summary>How long a sender that waits for each answer waits after a refusal: without it refusals would take the processor from what is carried.</summary>
    public static readonly TimeSpan RefusedWait = TimeSpan.FromMilliseconds(100);

    /// <summary>The codes after which an OTLP/gRPC sender tries again; 8 comes with RetryInfo here.</summary>
    private static readonly string[] RetryableCodes = ["grpc-status 1,", "grpc-status 4,", "grpc-status 8,", "grpc-status 10,", "grpc-status 11,", "grpc-status 14,", "grpc-status 15,"];

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        EnableMultipleHttp2Connections = true,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    /// <summary>Whether a call that failed may be made again.</summary>
    public static bool MayTryAgain(string failure) => RetryableCodes.Any(code => failure.Contains(code, StringComparison.Ordinal));

    /// <summary>An option whose value is the address of a hop.</summary>
    public static Option<Uri> TargetOption(string name, string description)
    {
        var option = new Option<Uri>(name) { Description = description, HelpName = "http://HOST:PORT", Required = true };
        option.CustomParser = argument =>
        {
            if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            {
                return address;
            }

            argument.AddError($"{name}: '{argument.Tokens[0].Value}' is not an address like http://127.0.0.1:4317");
            return null;
        };
        return option;
    }

    /// <summary>Calls a gRPC method with a framed message, compressed or not. Null if it was accepted, otherwise the status, or why there is none.</summary>
    public Task<string?> SendGrpcAsync(string method, ReadOnlyMemory<byte> framed, CancellationToken cancellation) => SendGrpcAsync(method, framed, default, cancellation);

    /// <summary>The same with a message in two parts.</summary>
    public Task<string?> SendGrpcAsync(string method, ReadOnlyMemory<byte> framed, ReadOnlyMemory<byte> tail, CancellationToken cancellation) => OrFailureAsync(async () =>
    {
        using var request = Request(method, new PartsContent(framed, tail), "application/grpc");
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        if (framed.Span[0] != 0)
        {
            request.Headers.Add("grpc-encoding", "gzip");
        }

        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));

        using var response = await client.SendAsync(request, cancellation);
        await response.Content.CopyToAsync(Stream.Null, cancellation);
        string? status = Value(response.TrailingHeaders, "grpc-status") ?? Value(response.Headers, "grpc-status");
        return status == "0" ? null : $"HTTP {(int)response.StatusCode}, grpc-status {status}, {Value(response.TrailingHeaders, "grpc-message") ?? Value(response.Headers, "grpc-message")}";
    });

    /// <summary>Posts a body. Null if it was accepted, otherwise the status, or why there is none.</summary>
    public Task<string?> SendHttpAsync(string path, ReadOnlyMemory<byte> body, string contentType, CancellationToken cancellation) => OrFailureAsync(async () =>
    {
        using var request = Request(path, new ReadOnlyMemoryContent(body), contentType);
        using var response = await client.SendAsync(request, cancellation);
        return response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
    });

    public void Dispose() => client.Dispose();

    private static async Task<string?> OrFailureAsync(Func<Task<string?>> send)
    {
        try
        {
            return await send();
        }
        catch (HttpRequestException failure)
        {
            return failure.Message;
        }
    }

    private HttpRequestMessage Request(string path, HttpContent body, string contentType)
    {
        body.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return new(HttpMethod.Post, new Uri(target, path)) { Content = body };
    }

    private static string? Value(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : null;

    /// <summary>A body in two parts, sent from where they are.</summary>
    private sealed class PartsContent(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> tail) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(head, cancellationToken);
            await stream.WriteAsync(tail, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = head.Length + tail.Length;
            return true;
        }
    }
}
