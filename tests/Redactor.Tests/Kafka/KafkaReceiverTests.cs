using System.Text;
using Confluent.Kafka;

namespace Redactor.Tests.Kafka;

public sealed class KafkaReceiverTests : IDisposable
{
    private readonly TestCluster cluster = new();
    private readonly TestFlow flow = new();

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Offsets_are_committed_once_everything_before_them_is_delivered()
    {
        var topic = ProduceNumbers(10);
        var group = cluster.Name("group");
        var held = new TaskCompletionSource<ExportOutcome>();
        flow.Answer = (text, _) => text == "4" ? held.Task : Task.FromResult(ExportOutcome.Success);
        await using var receiver = flow.Receive(cluster, group, [topic]);

        await Eventually.True(() => flow.Accepted.Count == 9, "all but the held record are delivered");
        await Eventually.True(() => cluster.Committed(group, topic) == 4, "what is before the held record is committed");
        await receiver.StopAsync();

        Assert.Equal(4, cluster.Committed(group, topic));
    }

    [Fact]
    public async Task A_stop_waits_for_what_is_under_way_and_commits_it()
    {
        var topic = ProduceNumbers(3);
        var group = cluster.Name("group");
        var held = new TaskCompletionSource<ExportOutcome>();
        flow.Answer = (_, _) => held.Task;
        await using var receiver = flow.Receive(cluster, group, [topic], o => o with { Limits = o.Limits with { StopDrain = Eventually.Deadline } });
        await Eventually.True(() => flow.Seen.Count == 3, "all records are under way");

        var stopping = receiver.StopAsync();
        Assert.False(stopping.IsCompleted);
        held.SetResult(ExportOutcome.Success);
        await stopping;

        Assert.Equal(3, cluster.Committed(group, topic));
    }

    [Fact]
    public async Task Another_instance_goes_on_where_the_first_one_stopped()
    {
        var topic = ProduceNumbers(5);
        var group = cluster.Name("group");
        await using (var first = flow.Receive(cluster, group, [topic]))
        {
            await Eventually.True(() => flow.Accepted.Count == 5, "the first instance delivers");
        }

        cluster.Produce(topic, "5");
        cluster.Flush();
        await using var second = flow.Receive(cluster, group, [topic]);

        await Eventually.True(() => flow.Accepted.Count == 6, "the second instance delivers");
        Assert.Equal(["0", "1", "2", "3", "4", "5"], flow.Accepted);
    }

    [Fact]
    public async Task What_may_succeed_later_is_offered_again_until_it_does_and_nothing_stays_paused()
    {
        var topic = ProduceNumbers(20);
        var group = cluster.Name("group");
        bool down = true;
        flow.Answer = (text, _) => Task.FromResult(Volatile.Read(ref down) ? Odd(text) : ExportOutcome.Success);
        await using var receiver = flow.Receive(cluster, group, [topic], o => o with { Limits = o.Limits with { MaxInFlight = 4, MaxPendingRecords = 8 } });
        await Eventually.True(() => flow.Retries > 20 && receiver.Partitions is [{ Paused: true }], "records are offered again, and the full partition is paused");

        Assert.Equal(0, cluster.Committed(group, topic));
        Volatile.Write(ref down, false);
        await Eventually.True(() => cluster.Committed(group, topic) == 20, "all is delivered and committed");

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), flow.Accepted.OrderBy(int.Parse));
        await Eventually.True(() => receiver.Partitions is [{ Paused: false, Lag: 0 }], "the partition goes on");

        // Credentials that were withdrawn and a backend that is away pass alike.
        static ExportOutcome Odd(string text) => int.Parse(text, null) % 2 == 1
            ? new ExportOutcome.Refused(Refusal.Unauthenticated)
            : new ExportOutcome.Retryable("later");
    }

    [Fact]
    public async Task Backpressure_bounds_what_is_held_and_loses_nothing()
    {
        var topic = ProduceNumbers(2000);
        var group = cluster.Name("group");
        var gate = new SemaphoreSlim(0);
        flow.Answer = async (_, cancellation) =>
        {
            await gate.WaitAsync(cancellation);
            return ExportOutcome.Success;
        };
        await using var receiver = flow.Receive(cluster, group, [topic], o => o with { Limits = o.Limits with { MaxInFlight = 8, MaxPendingRecords = 64 } });

        // A partition that was just assigned counts as paused too.
        await Eventually.True(() => flow.Seen.Count >= 8 && receiver.Partitions is [{ Paused: true, Lag: 2000 }], "the partition is paused, and its lag known");
        Assert.Equal(8, flow.Seen.Count);
        Assert.InRange(receiver.BytesInFlight, 8, 65 * 4);
        gate.Release(2000);
        await Eventually.True(() => cluster.Committed(group, topic) == 2000, "all is delivered and committed");

        Assert.Equal(Enumerable.Range(0, 2000).Select(i => $"{i}"), flow.Accepted.Distinct().OrderBy(int.Parse));
        await Eventually.True(() => receiver.BytesInFlight == 0, "nothing is held");
    }

    [Fact]
    public async Task Many_bytes_are_backpressure_too()
    {
        var topic = cluster.CreateTopic("large");
        for (int i = 0; i < 30; i++)
        {
            cluster.Produce(topic, new string('x', 10_000));
        }

        cluster.Flush();
        var held = new TaskCompletionSource<ExportOutcome>();
        flow.Answer = (_, _) => held.Task;
        await using var receiver = flow.Receive(cluster, cluster.Name("group"), [topic], o => o with { Limits = o.Limits with { MaxPendingBytes = 50_000 } });

        await Eventually.True(() => receiver.Partitions is [{ Paused: true }] && receiver.BytesInFlight >= 50_000, "the partition is paused");
        Assert.InRange(receiver.BytesInFlight, 50_000, 60_000);
        held.SetResult(ExportOutcome.Success);

        await Eventually.True(() => flow.Accepted.Count == 30, "all is delivered");
    }

    [Fact]
    public async Task Several_topics_and_regular_expressions_are_consumed()
    {
        var plain = cluster.CreateTopic("plain");
        var first = cluster.CreateTopic("match-one");
        var second = cluster.CreateTopic("match-two");
        var other = cluster.CreateTopic("other");
        foreach (var topic in new[] { plain, first, second, other })
        {
            cluster.Produce(topic, topic);
        }

        cluster.Flush();
        await using var receiver = flow.Receive(cluster, cluster.Name("group"), [plain, $"^match-.*{cluster.Name("")}$"]);

        await Eventually.True(() => flow.Accepted.Count == 3, "all three topics are consumed");
        Assert.Equal(new[] { first, second, plain }.Order(), flow.Accepted.Order());
        Assert.DoesNotContain(other, flow.Accepted);
    }

    [Fact]
    public async Task A_record_comes_with_its_key_its_headers_and_its_time()
    {
        var topic = cluster.CreateTopic("whole");
        var time = new Timestamp(1_700_000_000_123, TimestampType.CreateTime);
        cluster.Produce(topic, new Message<byte[]?, byte[]?> { Key = [1], Value = "v"u8.ToArray(), Timestamp = time, Headers = [new Header("a", [2]), new Header("n", null)] });
        cluster.Produce(topic, new Message<byte[]?, byte[]?> { Key = "gone"u8.ToArray(), Value = null });
        cluster.Flush();
        await using var receiver = flow.Receive(cluster, cluster.Name("group"), [topic]);

        await Eventually.True(() => flow.Accepted.Count == 2, "both records arrive");
        var (record, tombstone) = (flow.Seen.ElementAt(0), flow.Seen.ElementAt(1));
        Assert.Equal((Signal.Logs, PayloadEncoding.Text, 1_700_000_000_123), (record.Signal, record.Encoding, record.Envelope!.Timestamp));
        Assert.Equal([1], record.Envelope.Key!.Value.ToArray());
        Assert.Equal(["a", "n"], record.Envelope.Headers.Select(h => h.Name));
        Assert.Equal([2], record.Envelope.Headers[0].Value!.Value.ToArray());
        Assert.Null(record.Envelope.Headers[1].Value);
        Assert.True(tombstone.Envelope!.IsTombstone);
        Assert.Equal((PayloadEncoding.Protobuf, 0), (tombstone.Encoding, tombstone.Bytes.Length));
        Assert.Equal("gone", Encoding.UTF8.GetString(tombstone.Envelope.Key!.Value.Span));
    }

    [Fact]
    public async Task The_members_of_a_group_share_the_partitions_and_a_rebalance_loses_nothing()
    {
        const int partitions = 6, perPartition = 300;
        var topic = cluster.CreateTopic("shared", partitions);
        var group = cluster.Name("group");
        flow.Answer = async (_, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), cancellation);
            return ExportOutcome.Success;
        };
        await using var first = flow.Receive(cluster, group, [topic]);
        Produce(0, 100);
        await Eventually.True(() => first.Partitions.Count == partitions && flow.Accepted.Count > 50, "the first member has all partitions");

        var second = flow.Receive(cluster, group, [topic]);
        Produce(100, 200);
        await Eventually.True(() => first.Partitions.Count == partitions / 2 && second.Partitions.Count == partitions / 2, "both have their share");

        Produce(200, perPartition);
        await second.DisposeAsync();
        await Eventually.True(() => first.Partitions.Count == partitions, "the first member has all again");
        await Eventually.True(() => Enumerable.Range(0, partitions).All(p => cluster.Committed(group, topic, p) == perPartition), "all is committed");

        Assert.Equal(partitions * perPartition, flow.Accepted.Distinct().Count());
        Assert.InRange(flow.Rebalances, 4, int.MaxValue);

        void Produce(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                for (int p = 0; p < partitions; p++)
                {
                    cluster.Produce(topic, $"{p}/{i}", p);
                }
            }

            cluster.Flush();
        }
    }

    [Fact]
    public async Task Records_of_a_partition_that_moves_before_they_are_done_are_done_by_the_next_owner()
    {
        var topic = cluster.CreateTopic("moving", 2);
        var group = cluster.Name("group");
        for (int i = 0; i < 20; i++)
        {
            cluster.Produce(topic, $"{i % 2}/{i}", i % 2);
        }

        cluster.Flush();
        var stuck = new TestFlow { Answer = (_, _) => Task.FromResult<ExportOutcome>(new ExportOutcome.Retryable("later")) };
        await using var first = stuck.Receive(cluster, group, [topic]);
        await Eventually.True(() => stuck.Retries > 0, "the first member can't deliver");

        await using var second = flow.Receive(cluster, group, [topic]);
        await Eventually.True(() => flow.Accepted.Count >= 10, "the second member delivers its partition from the start");
        await first.StopAsync();
        await Eventually.True(() => flow.Accepted.Distinct().Count() == 20, "then the other one");

        Assert.Empty(stuck.Accepted);
    }

    private string ProduceNumbers(int count)
    {
        var topic = cluster.CreateTopic("numbers");
        for (int i = 0; i < count; i++)
        {
            cluster.Produce(topic, $"{i}");
        }

        cluster.Flush();
        return topic;
    }
}
