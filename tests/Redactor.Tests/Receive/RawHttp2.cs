using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Redactor.Tests.Hostile;

namespace Redactor.Tests.Receive;

/// <summary>
/// An HTTP/2 client (RFC 9113) of the fewest bytes that do: it allocates next to nothing for a call, so that what a call allocates is the
/// receiver's doing. One call at a time.
/// </summary>
internal sealed class RawHttp2 : IDisposable
{
    private const int MaxFrameLength = 16 * 1024;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] received = new byte[64 * 1024];
    private int unread;

    public static async Task<RawHttp2> OpenAsync(IPEndPoint address)
    {
        var client = new RawHttp2();
        await client.socket.ConnectAsync(address);
        await client.socket.SendAsync(Http2Frames.Preface());
        return client;
    }

    /// <summary>The frames of a gRPC call with <paramref name="body"/>. They hold the stream's number and so can be sent once.</summary>
    public static byte[] Call(int stream, byte[] body)
    {
        var frames = new List<byte>(Http2Frames.Frame(Http2Frames.Headers, Http2Frames.EndHeaders, stream, Http2Frames.CallHeaders()));
        foreach (byte[] part in body.Chunk(MaxFrameLength))
        {
            frames.AddRange(Http2Frames.Frame(Http2Frames.Data, 0, stream, part));
        }

        frames.AddRange(Http2Frames.Frame(Http2Frames.Data, Http2Frames.EndStream, stream, []));
        return [.. frames];
    }

    /// <summary>Gives frames that were sent before the number of a new stream.</summary>
    public static void Renumber(byte[] frames, int stream)
    {
        for (int i = 0; i < frames.Length; i += Http2Frames.HeaderLength + Length(frames.AsSpan(i)))
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
        while (unread - start >= Http2Frames.HeaderLength && unread - start >= Http2Frames.HeaderLength + Length(received.AsSpan(start)))
        {
            ended |= received[start + 3] is Http2Frames.Data or Http2Frames.Headers && (received[start + 4] & Http2Frames.EndStream) != 0;
            start += Http2Frames.HeaderLength + Length(received.AsSpan(start));
        }

        received.AsSpan(start, unread - start).CopyTo(received);
        unread -= start;
        return ended;
    }

    private static int Length(ReadOnlySpan<byte> frame) => frame[0] << 16 | frame[1] << 8 | frame[2];
}
