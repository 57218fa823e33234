using Confluent.Kafka;
using Redactor.Forward.Kafka;
using Redactor.Kafka;

namespace Redactor.Configuration;

/// <summary>One exporter of type <c>kafka</c>.</summary>
internal static class KafkaExporterSection
{
    /// <summary>Bounds of <c>max_message_bytes</c>: a kilobyte, and as much as one message may be that comes in.</summary>
    private const int LeastMessageBytes = 1000;
    private const int GreatestMessageBytes = 64 * 1024 * 1024;

    /// <summary>How much longer we wait than librdkafka tries: a record that counts as failed is then one that it has given up, and does not arrive later.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, CompressionType> Compressions = new()
    {
        ["none"] = CompressionType.None,
        ["gzip"] = CompressionType.Gzip,
        ["snappy"] = CompressionType.Snappy,
        ["lz4"] = CompressionType.Lz4,
        ["zstd"] = CompressionType.Zstd,
    };

    /// <param name="kafka">The section.</param>
    /// <param name="name">The exporter's name.</param>
    public static KafkaExporterOptions Read(YamlSection kafka, string name)
    {
        var targets = KafkaTopicsSection.Read(kafka, (section, topic, encoding) => new KafkaTarget(ReadTopic(section) ?? topic, encoding));
        var producer = ReadProducer(kafka);
        if (kafka.Value("timeout", Parse.Duration, Parse.DurationForm) is { } timeout)
        {
            producer = producer with { Timeout = timeout };
        }

        return new KafkaExporterOptions
        {
            Name = name,
            Signals = [.. targets.Keys],
            Connection = KafkaConnectionSection.Read(kafka),
            Targets = targets,
            Producer = producer,
            Timeout = producer.Timeout + Grace,
            Retry = RetrySection.Read(kafka),
        };
    }

    private static string? ReadTopic(YamlSection signal)
    {
        if (signal.Text("topic") is { } topic && !KafkaTopicsSection.IsTopic(topic))
        {
            signal.Refuse("topic", KafkaTopicsSection.TopicForm);
        }

        return signal.Text("topic");
    }

    private static KafkaProducerOptions ReadProducer(YamlSection kafka)
    {
        var options = new KafkaProducerOptions();
        if (kafka.Section("producer") is not { } section)
        {
            return options;
        }

        options = options with
        {
            Compression = section.Choice("compression", Compressions) ?? options.Compression,
            MaxMessageBytes = section.Value("max_message_bytes", Parse.Integer(LeastMessageBytes, GreatestMessageBytes), $"bytes from {LeastMessageBytes} to {GreatestMessageBytes}") ?? options.MaxMessageBytes,
        };
        if (section.Find("required_acks") is not null && section.Text("required_acks") is not ("-1" or "all"))
        {
            section.Refuse("required_acks", "-1 or all: what fewer replicas have can be lost after it was acknowledged");
        }

        section.Close();
        return options;
    }
}
