using Redactor.Forward;

namespace Redactor.Configuration;

/// <summary>One exporter of type <c>otlp</c> or <c>otlphttp</c>.</summary>
internal static class OtlpExporterSection
{
    /// <summary>The collector's default for <c>otlphttp</c>; gRPC's is the options' own.</summary>
    private static readonly TimeSpan HttpTimeout = TimeSpan.FromSeconds(30);

    private enum Compression
    {
        None,
        Gzip,
    }

    /// <summary>Null, and a mistake, where the endpoint is missing or wrong.</summary>
    public static OtlpExporterOptions? Read(YamlSection exporter, string name, IReadOnlyList<Signal> signals, OtlpTransport transport)
    {
        var tls = exporter.Section("tls");
        var insecure = tls?.Value("insecure", Parse.Boolean, Parse.BooleanForm) ?? false;
        var backendTls = TlsSection.ReadBackend(tls);
        tls?.Close();

        var headers = HeadersSection.Read(exporter);
        var forwardHeaders = HeadersSection.ReadNames(exporter);
        var compression = exporter.Value("compression", Parse.Name<Compression>, Parse.NamesOf<Compression>());
        var timeout = exporter.Value("timeout", Parse.Duration, Parse.DurationForm);
        var retry = RetrySection.Read(exporter);
        if (ReadEndpoint(exporter, transport, insecure) is not { } endpoint)
        {
            return null;
        }

        var options = new OtlpExporterOptions
        {
            Name = name,
            Signals = signals,
            Transport = transport,
            Endpoint = endpoint,
            Headers = headers,
            ForwardHeaders = forwardHeaders,
            Gzip = compression == Compression.Gzip,
            Tls = backendTls,
            Retry = retry,
        };
        return options with { Timeout = timeout ?? (transport == OtlpTransport.Http ? HttpTimeout : options.Timeout) };
    }

    private static Uri? ReadEndpoint(YamlSection exporter, OtlpTransport transport, bool insecure)
    {
        var right = transport == OtlpTransport.Grpc ? "a URL such as http://backend:4317, without a path" : "a URL such as https://backend/otlp (what stands before /v1/traces)";
        if (exporter.Find("endpoint") is null)
        {
            exporter.Context.Mistakes.Add(exporter.Node, $"{exporter.PathOf("endpoint")} is missing; write {right}");
            return null;
        }

        if (exporter.Text("endpoint") is not { } text)
        {
            return null;
        }

        // The collector lets gRPC endpoints go without a scheme: encrypted, unless told otherwise.
        if (transport == OtlpTransport.Grpc && !text.Contains("://", StringComparison.Ordinal))
        {
            text = (insecure ? "http://" : "https://") + text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            // Not quoted: a URL that can't be read may still hold a password.
            exporter.Mistake("endpoint", $"{exporter.PathOf("endpoint")} is not a URL that can be used; write {right}");
            return null;
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            exporter.Mistake("endpoint", $"{exporter.PathOf("endpoint")} must hold no user, password or query; put credentials into headers, as in Authorization: \"Basic ${{env:NAME}}\"");
            return null;
        }

        if (transport == OtlpTransport.Grpc && uri.AbsolutePath != "/")
        {
            exporter.Mistake("endpoint", $"{exporter.PathOf("endpoint")} has a path, which gRPC has not; write {right}, or use otlphttp");
            return null;
        }

        return uri;
    }
}
