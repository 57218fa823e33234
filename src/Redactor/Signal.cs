namespace Redactor;

/// <summary>The four kinds of OTLP request.</summary>
public enum Signal
{
    Traces,
    Metrics,
    Logs,
    Profiles,
}
