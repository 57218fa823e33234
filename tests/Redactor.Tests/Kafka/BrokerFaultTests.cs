using Confluent.Kafka;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Forward;
using Redactor.Forward.Kafka;
using Redactor.Kafka;
using Redactor.Tests.Forward;

namespace Redactor.Tests.Kafka;

/// <summary>Brokers that answer with errors or not at all: librdkafka's mock alone can be told to.</summary>
public sealed class BrokerFaultTests : IDisposable
{
    private const string Topic = "faults";

    private readonly MockCluster mock = new();
    private readonly byte[] request = TestPayload.Request("call").ToByteArray();

    public BrokerFaultTests() => mock.CreateTopic(Topic, 1);

    public void Dispose() => mock.Dispose();

    [Fact]
    public async Task Passing_errors_of_a_broker_are_got_over_within_one_attempt()
    {
        using var exporter = Exporter(TimeSpan.FromSeconds(60));
        mock.FailNext(MockCluster.ProduceRequest, ErrorCode.NotLeaderForPartition, ErrorCode.RequestTimedOut, ErrorCode.NotEnoughReplicas);

        Assert.Equal(ExportOutcome.Success, await exporter.ExportAsync(TestPayload.Of(request), default));
    }

    [Theory]
    [InlineData(ErrorCode.TopicAuthorizationFailed, Refusal.PermissionDenied)]
    [InlineData(ErrorCode.MsgSizeTooLarge, Refusal.BackendTooLarge)]
    [InlineData(ErrorCode.InvalidRecord, Refusal.BackendRefused)]
    public async Task Errors_that_stay_are_refusals(ErrorCode error, Refusal expected)
    {
        using var exporter = Exporter(TimeSpan.FromSeconds(60));
        mock.FailNext(MockCluster.ProduceRequest, error);

        var refused = Assert.IsType<ExportOutcome.Refused>(await exporter.ExportAsync(TestPayload.Of(request), default));

        Assert.Equal(expected, refused.Reason);
    }

    [Fact]
    public async Task While_no_broker_answers_a_record_may_succeed_later_and_then_it_does()
    {
        using var exporter = Exporter(TimeSpan.FromSeconds(1));
        mock.SetDown();

        Assert.IsType<ExportOutcome.Retryable>(await exporter.ExportAsync(TestPayload.Of(request), default));
        mock.SetUp();

        ExportOutcome last = new ExportOutcome.Retryable("");
        for (var deadline = DateTime.UtcNow + Eventually.Deadline; last is ExportOutcome.Retryable && DateTime.UtcNow < deadline;)
        {
            last = await exporter.ExportAsync(TestPayload.Of(request), default);
        }

        Assert.Equal(ExportOutcome.Success, last);
    }

    [Fact]
    public async Task After_a_fatal_error_a_new_producer_takes_over_and_what_was_not_delivered_may_be_sent_again()
    {
        using var exporter = Exporter(TimeSpan.FromSeconds(60));
        Assert.Equal(ExportOutcome.Success, await exporter.ExportAsync(TestPayload.Of(request), default));

        // For an idempotent producer the end: it can't know any more what arrived.
        mock.FailNext(MockCluster.ProduceRequest, ErrorCode.OutOfOrderSequenceNumber);
        var failed = await exporter.ExportAsync(TestPayload.Of(request), default);

        Assert.IsType<ExportOutcome.Retryable>(failed);
        ExportOutcome last = failed;
        for (var deadline = DateTime.UtcNow + Eventually.Deadline; last is ExportOutcome.Retryable && DateTime.UtcNow < deadline;)
        {
            last = await exporter.ExportAsync(TestPayload.Of(request), default);
        }

        Assert.Equal(ExportOutcome.Success, last);
    }

    [Fact]
    public async Task A_sender_that_gives_up_does_not_wait_for_the_brokers()
    {
        using var exporter = Exporter(TimeSpan.FromSeconds(2));
        mock.SetDown();
        using var sender = new CancellationTokenSource();

        var sending = exporter.ExportAsync(TestPayload.Of(request), sender.Token);
        await sender.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public void A_library_that_is_missing_or_too_old_is_told_with_the_way_to_get_one()
    {
        Assert.Null(KafkaLibrary.Judge(0x02_01_00_FF));
        Assert.Contains("this machine has none: install the package librdkafka1", KafkaLibrary.Judge(0), StringComparison.Ordinal);
        Assert.Contains("this machine's is 2.0.2: install", KafkaLibrary.Judge(0x02_00_02_FF), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_the_library_refuses_are_told_without_secrets()
    {
        var secret = "pa55" + new string('w', 12);
        var connection = new KafkaConnection
        {
            Brokers = [mock.Bootstrap],
            Tls = new KafkaTls("/nowhere/ca.pem", null, null, SkipVerify: false),
            Sasl = new KafkaSasl(KafkaSaslMechanism.Plain, "user", secret),
        };

        var refused = Assert.Throws<KafkaSetupException>(() => new KafkaProducer(connection, new KafkaProducerOptions()));

        Assert.Contains("ssl.ca.location", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, refused.ToString(), StringComparison.Ordinal);
    }

    private KafkaExporter Exporter(TimeSpan timeout)
    {
        var options = new KafkaExporterOptions
        {
            Name = "kafka",
            Connection = new KafkaConnection { Brokers = [mock.Bootstrap] },
            Producer = new KafkaProducerOptions { Timeout = timeout },
            Targets = new Dictionary<Signal, KafkaTarget> { [Signal.Traces] = new(Topic, PayloadEncoding.Protobuf) },
        };
        return new KafkaExporter(options, new BackendLog("kafka", NullLogger.Instance));
    }
}
