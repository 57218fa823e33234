namespace Redactor.Tests.Receive;

/// <summary>Counts what the whole process allocates for a request; so nothing else may run meanwhile.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public class AllocationTests
{
    private const int KiB = 1024;
    private const int Rounds = 10;
    private const int CallsPerRound = 10;

    /// <summary>
    /// What a call of 1 MiB may allocate more than one of 64 KiB, in bytes: its 60 frames more make the reader wait a few times more.
    /// A copy of the payload would cost 960 KiB.
    /// </summary>
    private const long Tolerance = 16 * KiB;

    [Fact]
    public async Task A_clean_uncompressed_payload_is_received_in_memory_that_does_not_grow_with_it()
    {
        long small = await AllocatedPerCallAsync(64 * KiB);
        long large = await AllocatedPerCallAsync(1024 * KiB);

        Assert.InRange(large - small, long.MinValue, Tolerance);
    }

    /// <summary>Bytes per call in the best of some rounds: in the others a pool may have grown, or the test runner have worked.</summary>
    private static async Task<long> AllocatedPerCallAsync(int size)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(keepPayloads: false);
        using RawHttp2 client = await RawHttp2.OpenAsync(receiver.Receiver.GrpcAddress!);
        byte[] frames = RawHttp2.Call(1, GrpcClient.Frame(Sample.Bytes(size)));
        long best = long.MaxValue;
        for (int round = 0, stream = 1; round < Rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int call = 0; call < CallsPerRound; call++, stream += 2)
            {
                RawHttp2.Renumber(frames, stream);
                await client.CallAsync(frames);
            }

            best = Math.Min(best, (GC.GetTotalAllocatedBytes(precise: true) - before) / CallsPerRound);
        }

        return best;
    }
}
