using System.Buffers;
using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Redactor.Receive.Bodies;

namespace Redactor.Tests.Receive;

public class PooledBodyTests
{
    private const int KiB = 1024;

    [Fact]
    public void What_was_appended_in_pieces_is_one_message() =>
        Prop.ForAll(Gen.Choose(0, 3000).Select(Sample.Bytes).ListOf().ToArbitrary(), pieces =>
        {
            using var body = new PooledBody(new InFlightBytes(long.MaxValue), int.MaxValue / 4);
            bool taken = pieces.All(piece => body.Append(new ReadOnlySequence<byte>(piece)) is null);
            return taken && body.Bytes.Span.SequenceEqual(pieces.SelectMany(p => p).ToArray());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Its_buffer_is_accounted_for_until_it_is_disposed()
    {
        var inFlight = new InFlightBytes(long.MaxValue);
        var body = new PooledBody(inFlight, 64 * KiB);

        body.Append(new ReadOnlySequence<byte>(new byte[5 * KiB]));
        Assert.Equal(8 * KiB, inFlight.Current);
        body.Append(new ReadOnlySequence<byte>(new byte[5 * KiB]));
        Assert.Equal(16 * KiB, inFlight.Current);

        body.Dispose();
        body.Dispose();
        Assert.Equal(0, inFlight.Current);
    }

    [Fact]
    public void Beyond_the_bytes_in_flight_it_is_overloaded_and_keeps_what_it_has()
    {
        var inFlight = new InFlightBytes(12 * KiB);
        using var body = new PooledBody(inFlight, 64 * KiB);
        byte[] first = Sample.Bytes(4 * KiB);

        Assert.Null(body.Append(new ReadOnlySequence<byte>(first)));
        Assert.Equal(Refusal.Overloaded, body.Append(new ReadOnlySequence<byte>(new byte[10 * KiB])));

        Assert.Equal(first, body.Bytes.ToArray());
        Assert.Equal(4 * KiB, inFlight.Current);
    }

    [Fact]
    public void An_abandoned_buffer_is_never_rented_again()
    {
        var inFlight = new InFlightBytes(long.MaxValue);
        var body = new PooledBody(inFlight, 4 * KiB);
        body.Append(new ReadOnlySequence<byte>(new byte[4 * KiB]));
        Assert.True(MemoryMarshal.TryGetArray(body.Bytes, out ArraySegment<byte> abandoned));

        body.Abandon();
        body.Dispose();

        Assert.Equal(0, inFlight.Current);
        using var next = new PooledBody(inFlight, 4 * KiB);
        next.Append(new ReadOnlySequence<byte>(new byte[4 * KiB]));
        Assert.True(MemoryMarshal.TryGetArray(next.Bytes, out ArraySegment<byte> rented));
        Assert.NotSame(abandoned.Array, rented.Array);
    }
}
