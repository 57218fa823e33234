namespace Redactor;

/// <summary>The four kinds of OTLP request.</summary>
public enum Signal
{
    Traces,
    Metrics,
    Logs,
    Profiles,
}

/// <summary>How the bytes of a payload spell the OTLP message.</summary>
public enum PayloadEncoding
{
    Protobuf,
    Json,
}
