namespace Redactor.Receive.Http;

/// <summary>The paths that the HTTP port knows. What stands before them is free: backends put OTLP under prefixes of their own.</summary>
internal static class HttpRoute
{
    /// <summary>The signal that is posted to <paramref name="path"/>, or null if it is none of OTLP's.</summary>
    public static Signal? FindSignal(string path)
    {
        if (path.EndsWith("/v1/traces", StringComparison.Ordinal))
        {
            return Signal.Traces;
        }

        if (path.EndsWith("/v1/metrics", StringComparison.Ordinal))
        {
            return Signal.Metrics;
        }

        if (path.EndsWith("/v1/logs", StringComparison.Ordinal))
        {
            return Signal.Logs;
        }

        return path.EndsWith("/v1development/profiles", StringComparison.Ordinal) ? Signal.Profiles : null;
    }

    /// <summary>Whether <paramref name="path"/> is the page that LangSmith's client reads before it sends anything.</summary>
    public static bool IsInfo(string path) => path.EndsWith("/info", StringComparison.Ordinal);
}
