using System.Buffers.Binary;
using System.Text;

namespace Redactor.Tests.Hostile;

/// <summary>Frames of HTTP/2 (RFC 9113), for what no client library would send.</summary>
internal static class Http2Frames
{
    public const int HeaderLength = 9;
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte EndStream = 1;
    public const byte EndHeaders = 4;

    private const byte Settings = 4;
    private const byte Continuation = 9;

    /// <summary>What a client begins with (RFC 9113, 3.4).</summary>
    public static byte[] Preface() => [.. Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), .. Frame(Settings, 0, 0, [])];

    /// <summary>The headers of a call that say more are to follow.</summary>
    public static byte[] UnfinishedHeaders() => Frame(Headers, EndStream, 1, CallHeaders());

    /// <summary>One header more, and still more to follow.</summary>
    public static byte[] OneHeaderMore() => Frame(Continuation, 0, 1, [0, .. Literal("x-more"), .. Literal(new string('m', 100))]);

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8 | type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>The headers of a call of OTLP as HPACK literals that are not indexed (RFC 7541, 6.2.2).</summary>
    public static byte[] CallHeaders()
    {
        (string Name, string Value)[] headers =
        [
            (":method", "POST"), (":scheme", "http"), (":authority", "localhost"),
            (":path", "/opentelemetry.proto.collector.trace.v1.TraceService/Export"), ("content-type", "application/grpc"), ("te", "trailers"),
        ];
        return [.. headers.SelectMany(h => (byte[])[0, .. Literal(h.Name), .. Literal(h.Value)])];
    }

    private static byte[] Literal(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
