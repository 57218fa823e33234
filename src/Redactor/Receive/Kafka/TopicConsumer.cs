using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;
using Redactor.Kafka;

namespace Redactor.Receive.Kafka;

/// <summary>
/// Consumes the topics of one signal in a thread of its own, which polls whatever else happens: so the group keeps this member while
/// backends are down. Each partition has a flow; one that is full is paused, and goes on when there is room.
/// </summary>
internal sealed class TopicConsumer : IDisposable
{
    /// <summary>How long to wait before the group is joined anew after a defect.</summary>
    private static readonly TimeSpan RejoinDelay = TimeSpan.FromSeconds(1);

    /// <summary>How long a partition that is full may hold up the others before it is paused: pausing throws away what was fetched ahead.</summary>
    private static readonly TimeSpan PauseGrace = TimeSpan.FromMilliseconds(100);

    private readonly KafkaReceiverOptions options;
    private readonly Signal signal;
    private readonly KafkaFlow flow;
    private readonly RecordHandler handler;
    private readonly Backlog total;
    private readonly KafkaReceiverLog log;
    private readonly IConsumer<byte[]?, byte[]?> consumer;
    private readonly Thread polling;
    private readonly ConcurrentDictionary<TopicPartition, PartitionFlow> flows = new();

    /// <summary>Partitions that bring nothing; also those just assigned, until the first look says that there is room.</summary>
    private readonly ConcurrentDictionary<TopicPartition, PartitionFlow> paused = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stopping = new();

    /// <exception cref="KafkaSetupException">librdkafka refuses the settings or a topic's expression.</exception>
    public TopicConsumer(KafkaReceiverOptions options, Signal signal, KafkaFlow flow, RecordHandler handler, Backlog total, KafkaReceiverLog log)
    {
        (this.options, this.signal, this.flow, this.handler, this.total, this.log) = (options, signal, flow, handler, total, log);
        consumer = KafkaClients.Build(() =>
        {
            var built = ConsumerSetup.Build(options, error => log.Error(error.Code), Assigned, Revoked, Lost);
            built.Subscribe(options.Sources[signal].Topics);
            return built;
        });
        polling = new Thread(Poll) { IsBackground = true, Name = $"{options.Name} {signal}" };
    }

    /// <summary>The partitions that are ours, with their flows.</summary>
    public IEnumerable<KeyValuePair<TopicPartition, PartitionFlow>> Flows => flows;

    /// <summary>Whether a partition brings nothing now.</summary>
    public bool IsPaused(TopicPartition partition) => paused.ContainsKey(partition);

    /// <summary>Asks a broker for a partition's end. Blocks for at most <paramref name="timeout"/>.</summary>
    /// <exception cref="KafkaException">No answer.</exception>
    public long EndOf(TopicPartition partition, TimeSpan timeout) => consumer.QueryWatermarkOffsets(partition, timeout).High.Value;

    /// <summary>The group's committed offset of a partition; null if there is none.</summary>
    /// <exception cref="KafkaException">No answer.</exception>
    public long? CommittedOf(TopicPartition partition, TimeSpan timeout) =>
        consumer.Committed([partition], timeout)[0].Offset is { IsSpecial: false } offset ? offset.Value : null;

    /// <summary>Joins the group and consumes.</summary>
    public void Start() => polling.Start();

    /// <summary>Gives up all partitions, with their offsets committed, and leaves the group. To be called once it has started.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await ended.Task;
    }

    public void Dispose()
    {
        consumer.Dispose();
        stopping.Dispose();
    }

    private void Poll()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                PollUntilStopped();
            }
            catch (Exception e)
            {
                // A record may have been consumed and lost sight of: from the committed offsets on everything comes again.
                log.Defect(e);
                Stop(flows.Keys, TimeSpan.Zero);
                consumer.Unsubscribe();
                stopping.Token.WaitHandle.WaitOne(RejoinDelay);
                consumer.Subscribe(options.Sources[signal].Topics);
            }
        }

        Stop(flows.Keys, options.Limits.StopDrain);
        consumer.Close();
        ended.SetResult();
    }

    private void PollUntilStopped()
    {
        var looked = Stopwatch.GetTimestamp();
        while (!stopping.IsCancellationRequested)
        {
            if (Next() is { Message: not null } result)
            {
                Accept(result);
            }

            if (Stopwatch.GetElapsedTime(looked) >= options.Limits.PollInterval)
            {
                looked = Stopwatch.GetTimestamp();
                ResumeWhatHasRoom();
            }
        }
    }

    private ConsumeResult<byte[]?, byte[]?>? Next()
    {
        try
        {
            return consumer.Consume(options.Limits.PollInterval);
        }
        catch (ConsumeException e)
        {
            log.Error(e.Error.Code);
            return null;
        }
    }

    private void Accept(ConsumeResult<byte[]?, byte[]?> result)
    {
        log.Arrived();
        var partition = result.TopicPartition;
        if (!flows.TryGetValue(partition, out var records))
        {
            // Given up meanwhile: its next owner consumes it.
            return;
        }

        records.Add(ConsumedRecord.From(result, signal, options.Sources[signal].Encoding));
        if ((records.IsFull && !records.WaitForRoom(PauseGrace)) || total.Bytes >= options.Limits.MaxPendingBytes)
        {
            consumer.Pause([partition]);
            paused[partition] = records;
        }
    }

    private void ResumeWhatHasRoom()
    {
        foreach (var (partition, records) in paused)
        {
            if (records.HasRoom && total.Bytes <= options.Limits.MaxPendingBytes / 2)
            {
                consumer.Resume([partition]);
                paused.TryRemove(partition, out _);
            }
        }
    }

    private void Assigned(IReadOnlyList<TopicPartition> partitions)
    {
        flow.OnRebalance();
        foreach (var partition in partitions)
        {
            paused[partition] = flows[partition] = new PartitionFlow(handler, options.Limits, total, offset => Acknowledge(partition, offset));
        }
    }

    private void Revoked(IReadOnlyList<TopicPartition> partitions)
    {
        flow.OnRebalance();
        Stop(partitions, options.Limits.RevokeDrain);
    }

    /// <summary>Somebody else has them already: nothing can be committed, and there is nothing to wait for.</summary>
    private void Lost(IReadOnlyList<TopicPartition> partitions)
    {
        flow.OnRebalance();
        Stop(partitions, TimeSpan.Zero);
    }

    /// <summary>Ends flows. Blocks: librdkafka commits what they acknowledged when the caller returns.</summary>
    private void Stop(IEnumerable<TopicPartition> partitions, TimeSpan drain)
    {
        var ending = new List<PartitionFlow>();
        foreach (var partition in partitions)
        {
            paused.TryRemove(partition, out _);
            if (flows.TryRemove(partition, out var records))
            {
                ending.Add(records);
            }
        }

        Task.WaitAll(ending.Select(records => records.StopAsync(drain)));
        ending.ForEach(records => records.Dispose());
    }

    private void Acknowledge(TopicPartition partition, long offset)
    {
        try
        {
            consumer.StoreOffset(new TopicPartitionOffset(partition, offset));
        }
        catch (KafkaException e) when (e.Error.Code == ErrorCode.Local_State)
        {
            // The partition is somebody else's by now, who will do the record again.
        }
    }
}
