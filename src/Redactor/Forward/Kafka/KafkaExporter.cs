using Confluent.Kafka;
using Redactor.Kafka;

namespace Redactor.Forward.Kafka;

/// <summary>Delivers to topics of a Kafka cluster. What came from Kafka keeps its key, its headers and its time.</summary>
internal sealed class KafkaExporter(KafkaExporterOptions options, BackendLog log) : IExporter
{
    private readonly KafkaProducer producer = new(options.Connection, options.Producer);

    public string Name => options.Name;

    public string Destination =>
        $"{string.Join(", ", options.Targets.Values.Select(t => t.Topic).Distinct())} on {string.Join(",", options.Connection.Brokers)}";

    public IReadOnlyList<Signal> Signals => options.Signals;

    public async Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation)
    {
        var target = options.Targets[payload.Signal];
        if (!KafkaValues.TryEncode(payload, target.Encoding, out var values))
        {
            return new ExportOutcome.Refused(Refusal.Malformed, "the JSON is not an OTLP request");
        }

        // Handed over in order and before the first wait: what one partition of the source held in order arrives in order.
        var sent = Task.WhenAll(values.Select(value => producer.SendAsync(target.Topic, Record(payload.Envelope, value))));
        var failed = (await sent.WaitAsync(cancellation)).Where(code => code != ErrorCode.NoError).ToList();
        if (failed.Count == 0)
        {
            log.Success();
            return ExportOutcome.Success;
        }

        var outcomes = failed.Select(code => KafkaOutcome.Of(code, Name)).ToList();
        log.Problem(KafkaErrors.Describe(failed[0]));
        return outcomes.OfType<ExportOutcome.Retryable>().FirstOrDefault() ?? outcomes[0];
    }

    public void Dispose() => producer.Dispose();

    private static Message<byte[]?, byte[]?> Record(RecordEnvelope? envelope, byte[]? value)
    {
        var record = new Message<byte[]?, byte[]?> { Value = value };
        if (envelope is null)
        {
            return record;
        }

        record.Key = envelope.Key is { } key ? KafkaValues.ToArray(key) : null;
        record.Timestamp = envelope.Timestamp is { } time ? new Timestamp(time, TimestampType.CreateTime) : default;
        record.Headers = [];
        foreach (var header in envelope.Headers)
        {
            record.Headers.Add(header.Name, header.Value is { } bytes ? KafkaValues.ToArray(bytes) : null);
        }

        return record;
    }
}
