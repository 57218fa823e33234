using System.Buffers;
using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Redactor.Receive.Bodies;

namespace Redactor.Tests.Receive;

public class GzipTests
{
    private const int Limit = 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(Limit)]
    public void What_was_compressed_comes_back(int size)
    {
        byte[] message = Sample.Bytes(size);

        (Refusal? refusal, byte[] inflated) = Inflate(Sample.Gzip(message));

        Assert.Null(refusal);
        Assert.Equal(message, inflated);
    }

    [Fact]
    public void Anything_behind_the_first_member_is_broken()
    {
        byte[] gzip = Sample.Gzip([1, 2]);

        Assert.Equal(Refusal.BrokenGzip, Inflate([.. gzip, .. Sample.Gzip([3])]).Refusal);
        Assert.Equal(Refusal.BrokenGzip, Inflate([.. gzip, 7]).Refusal);
    }

    [Fact]
    public void A_truncated_stream_is_broken_wherever_it_ends()
    {
        byte[] gzip = Sample.Gzip(Sample.Bytes(300));

        for (int length = 1; length < gzip.Length; length++)
        {
            Assert.Equal(Refusal.BrokenGzip, Inflate(gzip[..length]).Refusal);
        }
    }

    [Fact]
    public void A_wrong_checksum_is_broken()
    {
        byte[] gzip = Sample.Gzip(Sample.Bytes(300));
        gzip[^8] ^= 1;

        Assert.Equal(Refusal.BrokenGzip, Inflate(gzip).Refusal);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(100_000u)]
    [InlineData(uint.MaxValue)]
    public void A_stated_length_that_is_a_lie_is_broken(uint stated)
    {
        byte[] gzip = Sample.Gzip(Sample.Bytes(300));
        BinaryPrimitives.WriteUInt32LittleEndian(gzip.AsSpan(gzip.Length - 4), stated);

        Assert.Equal(Refusal.BrokenGzip, Inflate(gzip).Refusal);
    }

    [Fact]
    public void A_bomb_takes_no_more_memory_than_the_limit()
    {
        var inFlight = new InFlightBytes(4 * Limit);
        using PooledBody source = Body(inFlight, Sample.GzipBomb(1024 * Limit / 4));
        long reservedBefore = inFlight.Current;
        using var target = new PooledBody(inFlight, Limit);

        Refusal? refusal = Gzip.Inflate(source, target);

        Assert.Equal(Refusal.TooLarge, refusal);
        Assert.InRange(inFlight.Current - reservedBefore, 0, Limit);
    }

    [Fact]
    public void A_bomb_that_understates_its_length_is_inflated_no_further_than_that()
    {
        byte[] bomb = Sample.GzipBomb(64 * Limit);
        BinaryPrimitives.WriteUInt32LittleEndian(bomb.AsSpan(bomb.Length - 4), 10);
        var inFlight = new InFlightBytes(4 * Limit);
        using PooledBody source = Body(inFlight, bomb);
        long reservedBefore = inFlight.Current;
        using var target = new PooledBody(inFlight, Limit);

        Assert.Equal(Refusal.BrokenGzip, Gzip.Inflate(source, target));
        Assert.InRange(inFlight.Current - reservedBefore, 1, 4 * 1024);
    }

    [Fact]
    public void Any_bytes_are_inflated_or_refused() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<int>(), (noise, seed) =>
        {
            byte[] gzip = Sample.Gzip(Sample.Bytes(200));
            noise.AsSpan(0, Math.Min(noise.Length, 20)).CopyTo(gzip.AsSpan((seed & 0x7FFFFFFF) % (gzip.Length - 20)));
            Refusal? refusal = Inflate(gzip).Refusal;
            return refusal is null or Refusal.BrokenGzip or Refusal.TooLarge;
        }).QuickCheckThrowOnFailure();

    private static (Refusal? Refusal, byte[] Inflated) Inflate(byte[] gzip)
    {
        var inFlight = new InFlightBytes(4 * Limit);
        using PooledBody source = Body(inFlight, gzip);
        using var target = new PooledBody(inFlight, Limit);
        return (Gzip.Inflate(source, target), target.Bytes.ToArray());
    }

    private static PooledBody Body(InFlightBytes inFlight, byte[] bytes)
    {
        var body = new PooledBody(inFlight, 2 * Limit);
        Assert.Null(body.Append(new ReadOnlySequence<byte>(bytes)));
        return body;
    }
}
