using System.Text.Json;

namespace Redactor.Receive.Kafka;

/// <summary>How dead letters spell what they say.</summary>
internal static class DeadLetterWords
{
    /// <summary>The refusal in snake case, as metrics have it.</summary>
    public static string Reason(Refusal refusal) => JsonNamingPolicy.SnakeCaseLower.ConvertName(refusal.ToString());

    /// <summary>The encoding by the name that the configuration has for it.</summary>
    public static string Encoding(PayloadEncoding encoding) => encoding switch
    {
        PayloadEncoding.Protobuf => "otlp_proto",
        PayloadEncoding.Json => "otlp_json",
        PayloadEncoding.AnyJson => "json",
        PayloadEncoding.Text => "text",
        PayloadEncoding.Raw => "raw",
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "not an encoding"),
    };
}
