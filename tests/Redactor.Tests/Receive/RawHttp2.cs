using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Redactor.Tests.Receive;

/// <summary>
/// An HTTP/2 client (RFC 9113) of the fewest bytes that do: it allocates next to nothing for a call, so that what a call allocates is the
/// receiver's doing. One call at a time.
/// </summary>
internal sealed class RawHttp2 : IDisposable
{
    private const int FrameHeaderLength = 9;
    private const int MaxFrameLength = 16 * 1024;
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte Continuation = 9;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] received = new byte[64 * 1024];
    private int unread;

    public static async Task<RawHttp2> OpenAsync(IPEndPoint address)
    {
        var client = new RawHttp2();
        await client.socket.ConnectAsync(address);
        await client.socket.SendAsync(Preface());
        return client;
    }

    /// <summary>What a client begins with (RFC 9113, 3.4).</summary>
    public static byte[] Preface() => [.. Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), .. Frame(Settings, 0, 0, [])];

    /// <summary>The headers of a call that say more are to follow.</summary>
    public static byte[] UnfinishedHeaders() => Frame(Headers, EndStream, 1, HeaderBlock());

    /// <summary>One header more, and still more to follow.</summary>
    public static byte[] OneHeaderMore() => Frame(Continuation, 0, 1, [0, .. Literal("x-more"), .. Literal(new string('m', 100))]);

    /// <summary>The frames of a gRPC call with <paramref name="body"/>. They hold the stream's number and so can be sent once.</summary>
    public static byte[] Call(int stream, byte[] body)
    {
        var frames = new List<byte>(Frame(Headers, EndHeaders, stream, HeaderBlock()));
        foreach (byte[] part in body.Chunk(MaxFrameLength))
        {
            frames.AddRange(Frame(Data, 0, stream, part));
        }

        frames.AddRange(Frame(Data, EndStream, stream, []));
        return [.. frames];
    }

    /// <summary>Gives frames that were sent before the number of a new stream.</summary>
    public static void Renumber(byte[] frames, int stream)
    {
        for (int i = 0; i < frames.Length; i += FrameHeaderLength + Length(frames.AsSpan(i)))
        {
            BinaryPrimitives.WriteInt32BigEndian(frames.AsSpan(i + 5), stream);
        }
    }

    /// <summary>Sends the frames of one call and waits until its answer has ended.</summary>
    public async ValueTask CallAsync(byte[] frames)
    {
        await socket.SendAsync(frames);
        while (!TakeEndOfStream())
        {
            int count = await socket.ReceiveAsync(received.AsMemory(unread));
            Assert.NotEqual(0, count);
            unread += count;
        }
    }

    public void Dispose() => socket.Dispose();

    private bool TakeEndOfStream()
    {
        int start = 0;
        bool ended = false;
        while (unread - start >= FrameHeaderLength && unread - start >= FrameHeaderLength + Length(received.AsSpan(start)))
        {
            ended |= received[start + 3] is Data or Headers && (received[start + 4] & EndStream) != 0;
            start += FrameHeaderLength + Length(received.AsSpan(start));
        }

        received.AsSpan(start, unread - start).CopyTo(received);
        unread -= start;
        return ended;
    }

    private static int Length(ReadOnlySpan<byte> frame) => frame[0] << 16 | frame[1] << 8 | frame[2];

    private static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[FrameHeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8 | type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(FrameHeaderLength));
        return frame;
    }

    /// <summary>The headers as HPACK literals that are not indexed (RFC 7541, 6.2.2).</summary>
    private static byte[] HeaderBlock()
    {
        (string Name, string Value)[] headers =
        [
            (":method", "POST"), (":scheme", "http"), (":authority", "localhost"), (":path", GrpcClient.TracesPath), ("content-type", "application/grpc"), ("te", "trailers"),
        ];
        return [.. headers.SelectMany(h => (byte[])[0, .. Literal(h.Name), .. Literal(h.Value)])];
    }

    private static byte[] Literal(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
