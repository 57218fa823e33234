using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Redactor.Kafka;

namespace Redactor.Tests.Kafka;

/// <summary>A Kafka cluster with topics of its own for one test: librdkafka's mock, or a real one where KAFKA_BOOTSTRAP_SERVERS names it.</summary>
internal sealed class TestCluster : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly MockCluster? mock;
    private readonly string unique = Guid.NewGuid().ToString("n")[..8];
    private readonly Dictionary<string, IConsumer<byte[]?, byte[]?>> askers = [];
    private IProducer<byte[]?, byte[]?>? producer;

    public TestCluster()
    {
        Assert.Null(KafkaLibrary.Prepare());
        var real = Environment.GetEnvironmentVariable("KAFKA_BOOTSTRAP_SERVERS");
        mock = string.IsNullOrEmpty(real) ? new MockCluster() : null;
        Bootstrap = mock?.Bootstrap ?? real!;
    }

    public string Bootstrap { get; }

    public KafkaConnection Connection => new() { Brokers = Bootstrap.Split(',') };

    /// <summary>A name that no other test uses.</summary>
    public string Name(string name) => $"{name}-{unique}";

    /// <summary>Makes a topic with a name of its own.</summary>
    public string CreateTopic(string name, int partitions = 1)
    {
        var topic = Name(name);
        if (mock is not null)
        {
            mock.CreateTopic(topic, partitions);
            return topic;
        }

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Bootstrap }).Build();
        admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = 1 }]).GetAwaiter().GetResult();
        return topic;
    }

    public void Produce(string topic, string value, int partition = 0) => Produce(topic, new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes(value) }, partition);

    public void Produce(string topic, Message<byte[]?, byte[]?> record, int partition = 0)
    {
        producer ??= new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig { BootstrapServers = Bootstrap, LingerMs = 1 }).SetLogHandler((_, _) => { }).Build();
        producer.Produce(new TopicPartition(topic, partition), record, report => Assert.False(report.Error.IsError, report.Error.Reason));
    }

    /// <summary>Waits until all that was produced has arrived.</summary>
    public void Flush() => Assert.Equal(0, producer!.Flush(AnswerTimeout));

    /// <summary>Reads from the start of a topic's partitions until there are <paramref name="count"/> records.</summary>
    public IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> Read(string topic, int count, int partitions = 1)
    {
        var config = new ConsumerConfig { BootstrapServers = Bootstrap, GroupId = Name("reader"), EnableAutoCommit = false };
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(config).SetLogHandler((_, _) => { }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        var read = new List<ConsumeResult<byte[]?, byte[]?>>();
        var deadline = DateTime.UtcNow + Eventually.Deadline;
        while (read.Count < count && DateTime.UtcNow < deadline)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is { Message: not null } record)
            {
                read.Add(record);
            }
        }

        Assert.Equal(count, read.Count);
        return read;
    }

    /// <summary>A group's committed offset; 0 if there is none.</summary>
    /// <exception cref="KafkaException">No answer.</exception>
    public long Committed(string group, string topic, int partition = 0) =>
        Asker(group).Committed([new TopicPartition(topic, partition)], AnswerTimeout)[0].Offset is { IsSpecial: false } offset ? offset.Value : 0;

    /// <summary>The offset behind a partition's last record.</summary>
    /// <exception cref="KafkaException">No answer.</exception>
    public long End(string topic, int partition) => Asker(Name("asker")).QueryWatermarkOffsets(new TopicPartition(topic, partition), AnswerTimeout).High.Value;

    /// <summary>The brokers are away for a while; a real cluster is left in peace.</summary>
    public async Task BreakAsync(TimeSpan duration)
    {
        mock?.SetDown();
        await Task.Delay(duration);
        mock?.SetUp();
    }

    public void Dispose()
    {
        foreach (var asker in askers.Values)
        {
            asker.Dispose();
        }

        producer?.Dispose();
        mock?.Dispose();
    }

    /// <summary>Somebody who asks for a group's offsets and never joins it.</summary>
    private IConsumer<byte[]?, byte[]?> Asker(string group)
    {
        if (!askers.TryGetValue(group, out var consumer))
        {
            askers[group] = consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { BootstrapServers = Bootstrap, GroupId = group }).SetLogHandler((_, _) => { }).Build();
        }

        return consumer;
    }
}
