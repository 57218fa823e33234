using System.Threading.Channels;

namespace Redactor.Receive.Kafka;

/// <summary>
/// One partition's records on their way: started in order, several at once, and acknowledged in order. An offset is acknowledged only when
/// its record and all before it are done; behind one that was given up none is.
/// </summary>
/// <remarks>
/// <code>consumed -> | received | -> starts handling -> | in flight, at most so many | -> done, in order -> acknowledged</code>
/// </remarks>
internal sealed class PartitionFlow : IDisposable
{
    private readonly RecordHandler handler;
    private readonly KafkaReceiveLimits limits;
    private readonly Action<long> acknowledge;
    private readonly Backlog backlog;
    private readonly Channel<ConsumedRecord> received = Channel.CreateUnbounded<ConsumedRecord>(new() { SingleReader = true, SingleWriter = true });
    private readonly Channel<(ConsumedRecord Record, Task<bool> Handled)> inFlight = Channel.CreateUnbounded<(ConsumedRecord, Task<bool>)>(new() { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim slots;
    private readonly ManualResetEventSlim room = new(initialState: true);
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abort = new();
    private readonly Task running;
    private long acknowledged = -1;

    /// <param name="handler">Takes each record to its end.</param>
    /// <param name="limits">How many records may be where.</param>
    /// <param name="total">Counts the records of all partitions.</param>
    /// <param name="acknowledge">Gets the offset behind the last record that is done, growing.</param>
    public PartitionFlow(RecordHandler handler, KafkaReceiveLimits limits, Backlog total, Action<long> acknowledge)
    {
        (this.handler, this.limits, this.acknowledge) = (handler, limits, acknowledge);
        backlog = new Backlog(total);
        slots = new SemaphoreSlim(limits.MaxInFlight);
        running = Task.WhenAll(Task.Run(StartAsync), Task.Run(AcknowledgeAsync));
    }

    /// <summary>The offset behind the last acknowledged record; -1 if none was.</summary>
    public long Acknowledged => Interlocked.Read(ref acknowledged);

    /// <summary>Whether as many records are in hand as may be.</summary>
    public bool IsFull => backlog.Records >= limits.MaxPendingRecords;

    /// <summary>Whether so much is done that more should come.</summary>
    public bool HasRoom => backlog.Records <= limits.MaxPendingRecords / 4;

    /// <summary>Takes the next record. Never waits; who calls keeps an eye on <see cref="IsFull"/>.</summary>
    public void Add(ConsumedRecord record)
    {
        backlog.Add(record.Size);
        received.Writer.TryWrite(record);
        if (IsFull)
        {
            room.Reset();
        }
    }

    /// <summary>Waits a moment until there is room.</summary>
    public bool WaitForRoom(TimeSpan atMost) => room.Wait(atMost);

    /// <summary>Starts no more records and waits for those under way. What is not done by <paramref name="drain"/> is given up, never acknowledged.</summary>
    public async Task StopAsync(TimeSpan drain)
    {
        await stopping.CancelAsync();
        abort.CancelAfter(drain);
        await running;
        while (received.Reader.TryRead(out var record))
        {
            backlog.Remove(record.Size);
        }
    }

    /// <summary>To be called once it has stopped.</summary>
    public void Dispose()
    {
        stopping.Dispose();
        abort.Dispose();
        room.Dispose();
        slots.Dispose();
    }

    private async Task StartAsync()
    {
        try
        {
            while (await received.Reader.WaitToReadAsync(stopping.Token))
            {
                await slots.WaitAsync(stopping.Token);
                received.Reader.TryRead(out var record);

                // Redacts, and hands over, before it returns: so the next one follows in order.
                inFlight.Writer.TryWrite((record!, handler.HandleAsync(record!, stopping.Token, abort.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what was not started belongs to whom the partition goes to.
        }
        finally
        {
            inFlight.Writer.Complete();
        }
    }

    private async Task AcknowledgeAsync()
    {
        bool complete = true;
        await foreach (var (record, handled) in inFlight.Reader.ReadAllAsync())
        {
            complete &= await handled;
            slots.Release();
            backlog.Remove(record.Size);
            if (complete)
            {
                acknowledge(record.Offset + 1);
                Interlocked.Exchange(ref acknowledged, record.Offset + 1);
            }

            if (HasRoom && !room.IsSet)
            {
                room.Set();
            }
        }
    }
}
