namespace Redactor.Configuration;

/// <summary>What the sections <c>traces</c>, <c>metrics</c> and <c>logs</c> of Kafka's receiver and exporter share.</summary>
internal static class KafkaTopicsSection
{
    public const string TopicForm = "a topic's name: letters, digits, '.', '_' and '-'";

    /// <summary>Greatest length of a topic's name, and the letters that it has: Kafka's own rule.</summary>
    private const int MaxTopicLength = 249;

    private static readonly Dictionary<string, PayloadEncoding> RequestEncodings = new()
    {
        ["otlp_proto"] = PayloadEncoding.Protobuf,
        ["otlp_json"] = PayloadEncoding.Json,
    };

    private static readonly Dictionary<string, PayloadEncoding> LogEncodings = new(RequestEncodings)
    {
        ["json"] = PayloadEncoding.AnyJson,
        ["text"] = PayloadEncoding.Text,
        ["raw"] = PayloadEncoding.Raw,
    };

    /// <summary>The signals that Kafka carries, with their sections' names and the collector's topics.</summary>
    private static readonly (Signal Signal, string Key, string Topic)[] All =
        [(Signal.Traces, "traces", "otlp_spans"), (Signal.Metrics, "metrics", "otlp_metrics"), (Signal.Logs, "logs", "otlp_logs")];

    /// <summary>Reads the signals that are named; where none is, all of them with their defaults. Naming one leaves the others out.</summary>
    /// <param name="kafka">The receiver's or exporter's section.</param>
    /// <param name="read">Makes one signal's value of its section and the collector's topic; the section is empty where nothing is configured.</param>
    public static Dictionary<Signal, T> Read<T>(YamlSection kafka, Func<YamlSection, string, PayloadEncoding, T> read)
    {
        bool named = All.Any(s => kafka.Find(s.Key) is not null);
        var signals = new Dictionary<Signal, T>();
        foreach (var (signal, key, topic) in All)
        {
            var section = kafka.Section(key);
            if (section is null && named)
            {
                continue;
            }

            section ??= new YamlSection(kafka.PathOf(key), [], kafka.Context, kafka.Node);
            var encoding = section.Choice("encoding", signal == Signal.Logs ? LogEncodings : RequestEncodings) ?? PayloadEncoding.Protobuf;
            signals[signal] = read(section, topic, encoding);
            section.Close();
        }

        return signals;
    }

    /// <summary>Whether Kafka takes such a topic's name.</summary>
    public static bool IsTopic(string name) =>
        name.Length is > 0 and <= MaxTopicLength && name is not ("." or "..") && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
