using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Redactor.Receive.Bodies;
using Redactor.Receive.Grpc;

namespace Redactor.Tests.Receive;

public class GrpcFramingTests
{
    private const int Limit = 256;

    /// <summary>However the transport cuts a body into pieces, the message and the verdict are the same.</summary>
    [Fact]
    public void The_cuts_of_the_transport_change_nothing() =>
        Prop.ForAll(Bodies().ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), (bytes, step) =>
        {
            (Refusal? Refusal, byte[] Message) whole = Take(bytes, bytes.Length + 1);
            (Refusal? Refusal, byte[] Message) cut = Take(bytes, step);
            return whole.Refusal == cut.Refusal && (whole.Refusal is not null || whole.Message.SequenceEqual(cut.Message));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_framed_message_comes_back() =>
        Prop.ForAll(Gen.Choose(0, Limit).Select(Sample.Bytes).ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), (message, step) =>
        {
            (Refusal? refusal, byte[] taken) = Take(GrpcClient.Frame(message), step);
            return refusal is null && taken.SequenceEqual(message);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 1, 1 }, Refusal.TooLarge)]
    [InlineData(new byte[] { 0, 0xFF, 0xFF, 0xFF, 0xFF }, Refusal.TooLarge)]
    [InlineData(new byte[] { 2, 0, 0, 0, 0 }, Refusal.BadFrame)]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 1 }, Refusal.Truncated)]
    [InlineData(new byte[] { 0, 0, 0, 0 }, Refusal.Truncated)]
    [InlineData(new byte[] { }, Refusal.Truncated)]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0 }, Refusal.ExtraMessage)]
    public void A_body_that_is_not_one_message_is_refused(byte[] bytes, Refusal expected) => Assert.Equal(expected, Take(bytes, 3).Refusal);

    [Fact]
    public void A_stated_length_takes_no_more_memory_than_a_sender_is_trusted_with()
    {
        const int limit = 64 * 1024 * 1024;
        var inFlight = new InFlightBytes(long.MaxValue);
        using var body = new PooledBody(inFlight, limit);
        var input = new ReadOnlySequence<byte>([0, 0x04, 0, 0, 0]);

        Refusal? refusal = new GrpcFraming(allowGzip: false).Take(ref input, body);

        Assert.Null(refusal);
        Assert.Equal(1024 * 1024, inFlight.Current);
    }

    /// <summary>Bodies near the truth: right frames, and such with a byte changed, missing or too many.</summary>
    private static Gen<byte[]> Bodies() =>
        from message in Gen.Choose(0, Limit + 8).Select(Sample.Bytes)
        from position in Gen.Choose(0, 6)
        from value in Gen.Choose(0, 255)
        from change in Gen.Choose(0, 3)
        select change switch
        {
            0 => GrpcClient.Frame(message),
            1 => GrpcClient.Frame(message)[..^Math.Min(position, message.Length)],
            2 => [.. GrpcClient.Frame(message), (byte)value],
            _ => Changed(GrpcClient.Frame(message), position, (byte)value),
        };

    private static byte[] Changed(byte[] frame, int position, byte value)
    {
        frame[Math.Min(position, frame.Length - 1)] = value;
        return frame;
    }

    /// <summary>Feeds <paramref name="bytes"/> as a pipe would: <paramref name="step"/> more bytes at a time behind what was not used.</summary>
    private static (Refusal? Refusal, byte[] Message) Take(byte[] bytes, int step)
    {
        using var body = new PooledBody(new InFlightBytes(long.MaxValue), Limit);
        var framing = new GrpcFraming(allowGzip: true);
        int start = 0;
        for (int end = Math.Min(step, bytes.Length); ; end = Math.Min(end + step, bytes.Length))
        {
            var input = new ReadOnlySequence<byte>(bytes, start, end - start);
            if (framing.Take(ref input, body) is { } refusal)
            {
                return (refusal, []);
            }

            start = end - (int)input.Length;
            if (end == bytes.Length)
            {
                return (framing.IsComplete ? null : Refusal.Truncated, body.Bytes.ToArray());
            }
        }
    }
}
