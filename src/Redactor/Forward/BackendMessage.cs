namespace Redactor.Forward;

/// <summary>What a backend says about a request, made fit to be told to the sender: one line, not too long, without our own credentials. The log hears of it too.</summary>
internal sealed class BackendMessage(OtlpExporterOptions options, BackendLog log)
{
    /// <summary>Shorter header values are names and numbers, no credentials; taking them out would only garble a text.</summary>
    private const int LeastSecretLength = 8;

    private readonly IReadOnlyList<string> secrets =
        [.. options.Headers.SelectMany(h => h.Value.Split(' ').Append(h.Value)).Where(s => s.Length >= LeastSecretLength).OrderByDescending(s => s.Length)];

    /// <summary><c>otlp/second: gRPC status InvalidArgument: what the backend said</c>.</summary>
    /// <param name="status">What happened, in our words.</param>
    /// <param name="text">The backend's words, or an empty text.</param>
    public string Compose(string status, string text)
    {
        log.Problem(status);
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, "[REDACTED]", StringComparison.Ordinal);
        }

        text = string.Concat(text.Take(ForwardLimits.MaxMessageLength).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return text.Length == 0 ? $"{options.Name}: {status}" : $"{options.Name}: {status}: {text}";
    }
}
