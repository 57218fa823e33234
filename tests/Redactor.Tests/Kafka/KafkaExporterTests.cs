using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Forward;
using Redactor.Forward.Kafka;
using Redactor.Forward.Queue;
using Redactor.Kafka;
using Redactor.Otlp;
using Redactor.Tests.Forward;

namespace Redactor.Tests.Kafka;

public sealed class KafkaExporterTests : IDisposable
{
    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Snappy)]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public async Task A_request_arrives_as_one_record_of_the_very_same_bytes(CompressionType compression)
    {
        var topic = cluster.CreateTopic("spans");
        var request = TestPayload.Request(new string('x', 2000)).ToByteArray();
        using var exporter = Exporter(topic, PayloadEncoding.Protobuf, new KafkaProducerOptions { Compression = compression });

        Assert.Equal(ExportOutcome.Success, await exporter.ExportAsync(TestPayload.Of(request), default));

        var record = Assert.Single(cluster.Read(topic, 1)).Message;
        Assert.Equal(request, record.Value);
        Assert.Null(record.Key);
    }

    [Fact]
    public async Task Json_and_protobuf_become_each_other()
    {
        var topic = cluster.CreateTopic("json");
        var request = TestPayload.Request("call").ToByteArray();
        using var json = Exporter(topic, PayloadEncoding.Json);
        Assert.Equal(ExportOutcome.Success, await json.ExportAsync(TestPayload.Of(request), default));
        var text = cluster.Read(topic, 1)[0].Message.Value!;
        Assert.Equal((byte)'{', text[0]);

        var back = cluster.CreateTopic("protobuf");
        using var protobuf = Exporter(back, PayloadEncoding.Protobuf);
        Assert.Equal(ExportOutcome.Success, await protobuf.ExportAsync(TestPayload.Of(text, encoding: PayloadEncoding.Json), default));

        Assert.Equal(request, cluster.Read(back, 1)[0].Message.Value);
        Assert.Equal(Refusal.Malformed, Assert.IsType<ExportOutcome.Refused>(await protobuf.ExportAsync(TestPayload.Of("[]"u8.ToArray(), encoding: PayloadEncoding.Json), default)).Reason);
    }

    [Fact]
    public async Task Of_logs_as_text_the_bodies_arrive_each_as_a_record()
    {
        var topic = cluster.CreateTopic("text");
        var request = new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { Log("one"), Log("two") } } } } } };
        using var exporter = Exporter(topic, PayloadEncoding.Text);

        Assert.Equal(ExportOutcome.Success, await exporter.ExportAsync(TestPayload.Of(request.ToByteArray(), Signal.Logs), default));

        Assert.Equal(["one", "two"], cluster.Read(topic, 2).Select(r => Encoding.UTF8.GetString(r.Message.Value!)));

        static LogRecord Log(string body) => new() { Body = new AnyValue { StringValue = body } };
    }

    [Theory]
    [InlineData(PayloadEncoding.AnyJson, PayloadEncoding.AnyJson, "{ \"a\" : 1.50 }", "{ \"a\" : 1.50 }")]
    [InlineData(PayloadEncoding.AnyJson, PayloadEncoding.Raw, "{ \"a\" : 1 }", "{ \"a\" : 1 }")]
    [InlineData(PayloadEncoding.Text, PayloadEncoding.AnyJson, "a \"line\"", "\"a \\\"line\\\"\"")]
    [InlineData(PayloadEncoding.Raw, PayloadEncoding.Raw, "bytes", "bytes")]
    public void A_log_that_was_a_record_keeps_its_form_where_it_can(PayloadEncoding from, PayloadEncoding to, string value, string expected)
    {
        Assert.True(KafkaValues.TryEncode(TestPayload.Of(Encoding.UTF8.GetBytes(value), Signal.Logs, from), to, out var values));

        Assert.Equal(expected, Encoding.UTF8.GetString(Assert.Single(values)!));
    }

    [Fact]
    public async Task A_record_keeps_key_headers_and_time_and_a_tombstone_its_null()
    {
        var topic = cluster.CreateTopic("records");
        var envelope = new RecordEnvelope("key"u8.ToArray(), [new("a", new byte[] { 0xFF }), new("a", "2"u8.ToArray())], 1_700_000_000_123, IsTombstone: false);
        using var exporter = Exporter(topic, PayloadEncoding.Text);

        await exporter.ExportAsync(Record("value", envelope), default);
        await exporter.ExportAsync(Record("", envelope with { IsTombstone = true, Key = Array.Empty<byte>() }), default);

        var (record, tombstone) = (cluster.Read(topic, 2)[0].Message, cluster.Read(topic, 2)[1].Message);
        Assert.Equal(("key", "value", 1_700_000_000_123), (Encoding.UTF8.GetString(record.Key!), Encoding.UTF8.GetString(record.Value!), record.Timestamp.UnixTimestampMs));
        Assert.Equal([("a", 0xFF), ("a", (byte)'2')], record.Headers.Select(h => (h.Key, h.GetValueBytes()[0])));
        Assert.Null(tombstone.Value);
        Assert.Empty(tombstone.Key!);
    }

    [Fact]
    public void An_envelope_survives_the_disk_queue()
    {
        var envelope = new RecordEnvelope(null, [new("a", null), new("b", Array.Empty<byte>()), new("c", new byte[] { 0, 0xFF })], null, IsTombstone: true);

        var read = System.Text.Json.JsonSerializer.Deserialize<RecordEnvelope>(QueuedBatch.Write(envelope))!;

        Assert.Equal((null, null, true), (read.Key, read.Timestamp, read.IsTombstone));
        Assert.Equal(["a", "b", "c"], read.Headers.Select(h => h.Name));
        Assert.Null(read.Headers[0].Value);
        Assert.Equal([0, 2], read.Headers.Skip(1).Select(h => h.Value!.Value.Length));
    }

    [Fact]
    public async Task A_batch_that_is_too_large_is_split_and_one_record_that_is_does_not_loop()
    {
        var topic = cluster.CreateTopic("split");
        var request = TestPayload.Request(new string('a', 600));
        request.ResourceSpans.Add(TestPayload.Request(new string('b', 600)).ResourceSpans);
        request.ResourceSpans.Add(TestPayload.Request(new string('c', 5000)).ResourceSpans);
        var options = Options(topic, PayloadEncoding.Protobuf, new KafkaProducerOptions { MaxMessageBytes = 1000 });
        using var exporter = new Exporters(Stream.Null, NullLogger.Instance, (_, _, _, _) => { }, _ => { }).Create(options);

        var partial = Assert.IsType<ExportOutcome.PartialSuccess>(await exporter.ExportAsync(TestPayload.Of(request.ToByteArray()), default));

        Assert.Equal(1, partial.RejectedCount);
        Assert.Equal(new string('c', 5000), ExportTraceServiceRequest.Parser.ParseFrom(Assert.Single(partial.Rejected).Bytes.Span).ResourceSpans[0].ScopeSpans[0].Spans[0].Name);
        Assert.Equal(2, cluster.Read(topic, 2).Count);
        var text = await exporter.ExportAsync(Record(new string('x', 2000), null), default);
        Assert.Equal(Refusal.BackendTooLarge, Assert.IsType<ExportOutcome.Refused>(text).Reason);
    }

    private static RedactedPayload Record(string value, RecordEnvelope? envelope)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return new RedactedPayload(new Payload(Signal.Logs, PayloadEncoding.Text, bytes, Origin.None), bytes, envelope);
    }

    private KafkaExporter Exporter(string topic, PayloadEncoding encoding, KafkaProducerOptions? producer = null) =>
        new(Options(topic, encoding, producer ?? new KafkaProducerOptions()), new BackendLog("kafka", NullLogger.Instance));

    private KafkaExporterOptions Options(string topic, PayloadEncoding encoding, KafkaProducerOptions producer) => new()
    {
        Name = "kafka",
        Connection = cluster.Connection,
        Producer = producer with { Timeout = TimeSpan.FromSeconds(60) },
        Timeout = TimeSpan.FromSeconds(61),
        Targets = Enum.GetValues<Signal>().ToDictionary(s => s, _ => new KafkaTarget(topic, encoding)),
    };
}
