using System.Net;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Cli;
using Redactor.Configuration;
using Redactor.Forward;
using Redactor.Forward.Kafka;
using Redactor.Listen;
using Redactor.Otlp;
using Redactor.Receive;
using Redactor.Receive.Kafka;
using Redactor.Rules;
using Redactor.Tests.Forward;
using Redactor.Tests.Telemetry;

namespace Redactor.Tests.Kafka;

/// <summary>The whole program but the process, with Kafka on both sides.</summary>
[Collection(SharedMeters.Name)]
public sealed class KafkaSidecarTests : IDisposable
{
    private static readonly string Secret = "acme-" + new string('7', 20);

    private readonly TestCluster cluster = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        cluster.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Telemetry_goes_from_topics_to_topics_redacted_and_otherwise_as_it_was()
    {
        var (spans, lines) = (cluster.CreateTopic("spans"), cluster.CreateTopic("lines"));
        var (cleanSpans, cleanLines) = (cluster.CreateTopic("clean-spans"), cluster.CreateTopic("clean-lines"));
        cluster.Produce(spans, new Message<byte[]?, byte[]?>
        {
            Key = Encoding.UTF8.GetBytes($"k {Secret}"),
            Value = TestPayload.Request($"call {Secret}").ToByteArray(),
            Headers = [new Header("h", Encoding.UTF8.GetBytes(Secret)), new Header("traceparent", "00-1"u8.ToArray())],
        });
        cluster.Produce(spans, new Message<byte[]?, byte[]?> { Value = [0x0A, 0xFF] });
        cluster.Produce(lines, $"{{ \"text\" : \"{Secret}\", \"n\" : 1.0 }}");
        cluster.Produce(lines, "{ \"n\" :  2 }");
        cluster.Flush();
        await using var sidecar = await StartAsync(spans, lines, new KafkaExporterOptions
        {
            Name = "kafka",
            Connection = cluster.Connection,
            Signals = [Signal.Traces, Signal.Logs],
            Targets = new Dictionary<Signal, KafkaTarget>
            {
                [Signal.Traces] = new(cleanSpans, PayloadEncoding.Protobuf),
                [Signal.Logs] = new(cleanLines, PayloadEncoding.AnyJson),
            },
        });

        var span = Assert.Single(cluster.Read(cleanSpans, 1)).Message;
        Assert.Equal(TestPayload.Request("call [REDACTED:acme-key]"), ExportTraceServiceRequest.Parser.ParseFrom(span.Value));
        Assert.Equal("k [REDACTED:acme-key]", Encoding.UTF8.GetString(span.Key!));
        Assert.Equal([("h", "[REDACTED:acme-key]"), ("traceparent", "00-1")], span.Headers.Select(h => (h.Key, Encoding.UTF8.GetString(h.GetValueBytes()))));
        Assert.Null(cluster.Read(cleanLines, 1)[0].Message.Key);
        Assert.Equal(["{ \"text\" : \"[REDACTED:acme-key]\", \"n\" : 1.0 }", "{ \"n\" :  2 }"], cluster.Read(cleanLines, 2).Select(r => Encoding.UTF8.GetString(r.Message.Value!)));
        await Eventually.True(() => cluster.Committed(cluster.Name("group"), spans) == 2 && cluster.Committed(cluster.Name("group"), lines) == 2, "all is committed");
        var letter = Assert.Single(File.ReadAllLines(folder.PathOf("letters.jsonl")));
        Assert.Contains("\"reason\":\"malformed\"", letter, StringComparison.Ordinal);

        var metrics = "";
        await Eventually.True(() => (metrics = Metrics(sidecar)).Contains($"redactor_kafka_lag{{partition=\"0\",receiver=\"kafka\",topic=\"{spans}\"}} 0\n", StringComparison.Ordinal), "the lag is told");
        Assert.Contains("redactor_kafka_dead_letters_total{reason=\"malformed\",receiver=\"kafka\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backend_of_OTLP_gets_logs_and_its_outage_loses_none()
    {
        var (spans, lines) = (cluster.CreateTopic("spans"), cluster.CreateTopic("lines"));
        int requests = 0;
        await using var backend = await StubBackend.HttpAsync(async context =>
            await StubBackend.HttpReply(Interlocked.Increment(ref requests) <= 3 ? 503 : 200)(context));
        cluster.Produce(lines, $"{{\"user\":{{\"id\":7}},\"text\":\"{Secret}\"}}");
        cluster.Flush();
        await using var sidecar = await StartAsync(spans, lines, new OtlpExporterOptions { Name = "otlphttp", Transport = OtlpTransport.Http, Endpoint = backend.Address });

        await Eventually.True(() => cluster.Committed(cluster.Name("group"), lines) == 1, "the record is delivered and committed");

        var body = ExportLogsServiceRequest.Parser.ParseFrom(backend.Requests[^1].Body).ResourceLogs[0].ScopeLogs[0].LogRecords[0].Body;
        Assert.Equal(4, requests);
        Assert.Equal("""{"user":{"id":7},"text":"[REDACTED:acme-key]"}""", Encoding.UTF8.GetString(LogBodies.ToJson(body)));
    }

    [Fact]
    public async Task A_record_with_refused_text_becomes_a_dead_letter_as_a_whole()
    {
        var (spans, lines, cleanSpans) = (cluster.CreateTopic("spans"), cluster.CreateTopic("lines"), cluster.CreateTopic("clean"));
        var request = TestPayload.Request($"{Secret} {string.Concat(Enumerable.Repeat("%20 ", 10_000))}");
        request.ResourceSpans[0].ScopeSpans[0].Spans.Add(new Span { Name = "beside" });
        cluster.Produce(spans, new Message<byte[]?, byte[]?> { Value = request.ToByteArray() });
        cluster.Flush();
        await using var sidecar = await StartAsync(spans, lines, new KafkaExporterOptions
        {
            Name = "kafka",
            Connection = cluster.Connection,
            Signals = [Signal.Traces, Signal.Logs],
            Targets = new Dictionary<Signal, KafkaTarget> { [Signal.Traces] = new(cleanSpans, PayloadEncoding.Protobuf), [Signal.Logs] = new(cleanSpans, PayloadEncoding.AnyJson) },
        }, refuse: true);

        await Eventually.True(() => cluster.Committed(cluster.Name("group"), spans) == 1, "the record is kept and committed");
        using var letter = JsonDocument.Parse(Assert.Single(File.ReadAllLines(folder.PathOf("letters.jsonl"))));
        Assert.Equal("over_budget", letter.RootElement.GetProperty("reason").GetString());
        var kept = ExportTraceServiceRequest.Parser.ParseFrom(letter.RootElement.GetProperty("value").GetBytesFromBase64()).ResourceSpans[0].ScopeSpans[0].Spans;
        Assert.StartsWith("[REDACTED:acme-key] ", kept[0].Name, StringComparison.Ordinal);
        Assert.Contains("[REDACTED:over-budget]", kept[0].Name, StringComparison.Ordinal);
        Assert.Equal("beside", kept[1].Name);
    }

    private static string Metrics(Sidecar sidecar)
    {
        using var http = new HttpClient();
        return http.GetStringAsync(new Uri(sidecar.Health, "/metrics")).GetAwaiter().GetResult();
    }

    private async Task<Sidecar> StartAsync(string spans, string lines, ExporterOptions exporter, bool refuse = false)
    {
        folder.Write("acme.yaml", "- {id: acme-key, pattern: 'acme-[0-9]{20}'}");
        var rules = RuleStore.Open(new RuleSource([folder.PathOf("*.yaml")], Profile.Default), NullLogger.Instance, out _)!;
        var anyPort = new PortOptions(new IPEndPoint(IPAddress.Loopback, 0));
        var receiver = new KafkaReceiverOptions
        {
            Name = "kafka",
            Connection = cluster.Connection,
            GroupId = cluster.Name("group"),
            Sources = new Dictionary<Signal, KafkaSource>
            {
                [Signal.Traces] = new([spans], PayloadEncoding.Protobuf),
                [Signal.Logs] = new([lines], PayloadEncoding.AnyJson),
            },
            DeadLetters = new DeadLetterTarget(null, folder.PathOf("letters.jsonl")),
            Limits = new KafkaReceiveLimits { SessionTimeout = TimeSpan.FromSeconds(3), LagInterval = TimeSpan.FromMilliseconds(200), CommitInterval = TimeSpan.FromMilliseconds(100), FirstRetry = TimeSpan.FromMilliseconds(20) },
        };
        var options = new RedactorOptions
        {
            Receiver = new ReceiverOptions { Grpc = anyPort, Http = anyPort },
            Health = anyPort,
            Admin = anyPort,
            KafkaReceivers = [receiver],
            Exporters = [exporter],
            RefuseOverBudget = refuse,
        };
        var sidecar = new Sidecar(options, rules, Stream.Null, exportTelemetry: false, NullLoggerFactory.Instance);
        await sidecar.StartAsync();
        return sidecar;
    }
}
