using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Redactor.Receive.Kafka;

/// <summary>Asks from time to time how far each partition reaches: what is left to do is told even while a partition is paused and brings nothing.</summary>
internal sealed class LagMeter : IAsyncDisposable
{
    /// <summary>How long one answer may take.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<TopicConsumer> consumers;
    private readonly ConcurrentDictionary<TopicPartition, (long End, long Start)> known = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    public LagMeter(IReadOnlyList<TopicConsumer> consumers, TimeSpan interval)
    {
        this.consumers = consumers;
        running = Task.Run(() => RunAsync(interval));
    }

    /// <summary>Records between what is done and the partition's end; null while that is unknown.</summary>
    public long? Of(TopicPartition partition, PartitionFlow flow) =>
        known.TryGetValue(partition, out var seen) ? Math.Max(0, seen.End - Math.Max(seen.Start, flow.Acknowledged)) : null;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task RunAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval);
        do
        {
            foreach (var consumer in consumers)
            {
                foreach (var (partition, flow) in consumer.Flows)
                {
                    stopping.Token.ThrowIfCancellationRequested();
                    Ask(consumer, partition, flow);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stopping.Token));
    }

    private void Ask(TopicConsumer consumer, TopicPartition partition, PartitionFlow flow)
    {
        try
        {
            var start = flow.Acknowledged >= 0 ? flow.Acknowledged : consumer.CommittedOf(partition, AnswerTimeout) ?? 0;
            known[partition] = (consumer.EndOf(partition, AnswerTimeout), start);
        }
        catch (KafkaException)
        {
            // No answer now: what was known stays, and the consumer's own log tells of brokers that are away.
        }
    }
}
