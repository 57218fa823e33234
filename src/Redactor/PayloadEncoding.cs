namespace Redactor;

/// <summary>How the bytes of a payload are to be read. Requests are OTLP messages; records of Kafka may also be one log each in a form of their own.</summary>
public enum PayloadEncoding
{
    /// <summary>An OTLP message in protobuf.</summary>
    Protobuf,

    /// <summary>An OTLP message in JSON.</summary>
    Json,

    /// <summary>One log: any JSON value.</summary>
    AnyJson,

    /// <summary>One log: UTF-8 text.</summary>
    Text,

    /// <summary>One log: bytes of whatever form.</summary>
    Raw,
}
