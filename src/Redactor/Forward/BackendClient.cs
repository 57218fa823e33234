using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Redactor.Forward;

/// <summary>The connections to one backend: headers, TLS, and every way in which a request can fail to be answered.</summary>
internal sealed class BackendClient : IDisposable
{
    private readonly OtlpExporterOptions options;
    private readonly BackendLog log;
    private readonly BackendMessage message;
    private readonly HttpMessageInvoker invoker;

    public BackendClient(OtlpExporterOptions options, BackendLog log)
    {
        this.options = options;
        this.log = log;
        message = new BackendMessage(options, log);
        invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false, // No call leaves that was not configured, nor by a way that was not.
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = ForwardLimits.ConnectTimeout,
            PooledConnectionLifetime = ForwardLimits.ConnectionAge,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            SslOptions = SslOptions(options.Tls),
        });
    }

    /// <summary>Turns an answer into an outcome.</summary>
    public delegate Task<ExportOutcome> AnswerReader(HttpResponseMessage response, BackendMessage message, CancellationToken cancellation);

    /// <summary>Sends a request and reads the answer. When the task ends, nothing reads <paramref name="content"/>'s bytes any more.</summary>
    /// <exception cref="OperationCanceledException">The time for the attempt is up, or the sender gave up.</exception>
    public async Task<ExportOutcome> SendAsync(HttpRequestMessage request, PayloadContent content, Origin origin, AnswerReader read, CancellationToken cancellation)
    {
        AddHeaders(request, origin);
        request.Content = content;
        try
        {
            using var response = await invoker.SendAsync(request, cancellation);
            var outcome = await read(response, message, cancellation);
            if (outcome is ExportOutcome.Accepted)
            {
                log.Success();
            }

            return outcome;
        }
        catch (HttpRequestException e)
        {
            // The exception's own text may quote headers; the kind of error says enough.
            return new ExportOutcome.Retryable(message.Compose(Describe(e.HttpRequestError), ""));
        }
        catch (IOException)
        {
            return new ExportOutcome.Retryable(message.Compose("the connection broke before the answer was complete", ""));
        }
        finally
        {
            await content.WhenReleasedAsync();
        }
    }

    public void Dispose() => invoker.Dispose();

    private static string Describe(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "its host name is unknown",
        HttpRequestError.ConnectionError => "can't be reached",
        HttpRequestError.SecureConnectionError => "no TLS connection (a certificate that is not trusted, or clear text on that port)",
        HttpRequestError.VersionNegotiationError or HttpRequestError.HttpProtocolError => "does not speak the protocol (an HTTP port where gRPC is expected, or the other way round)",
        _ => "the request failed on the way",
    };

    private static SslClientAuthenticationOptions SslOptions(BackendTls tls)
    {
        var ssl = new SslClientAuthenticationOptions();
        if (tls.ClientCertificate is { } own)
        {
            ssl.ClientCertificates = [own];
        }

        if (tls.SkipVerify || tls.Authorities is not null)
        {
            ssl.RemoteCertificateValidationCallback = (_, certificate, _, errors) => tls.SkipVerify || IsTrusted(tls, certificate, errors);
        }

        return ssl;
    }

    private static bool IsTrusted(BackendTls tls, X509Certificate? certificate, SslPolicyErrors errors) =>
        certificate is X509Certificate2 backend
        && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
        && CertificateTrust.ComesFrom(backend, tls.Authorities!);

    private void AddHeaders(HttpRequestMessage request, Origin origin)
    {
        foreach (var (name, value) in origin.Headers)
        {
            if (options.ForwardHeaders.Contains(name))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        foreach (var (name, value) in options.Headers)
        {
            if (!request.Headers.NonValidated.Contains(name))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
