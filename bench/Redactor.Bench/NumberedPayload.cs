using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Redactor.Bench;

/// <summary>
/// A request that is another one each time: two protobuf messages in a row are one with the fields of both, so a number
/// behind it, in a field that OTLP does not know, tells the requests apart.
/// </summary>
internal sealed class NumberedPayload
{
    /// <summary>Field 15, four bytes (wire type 5): passed on as it is.</summary>
    private const byte NumberTag = (15 << 3) | 5;
    private const int TailLength = 1 + sizeof(int);
    private const int PrefixLength = 5;

    private readonly TestPayload payload;
    private readonly ConcurrentDictionary<int, bool> missing = new();
    private int numbers;
    private int accepted;

    public NumberedPayload(TestPayload payload) => this.payload = payload;

    public string Method => payload.Method;

    /// <summary>Of the message in bytes.</summary>
    public int Length => payload.Message.Length + TailLength;

    /// <summary>Requests that the hop accepted.</summary>
    public int Accepted => accepted;

    /// <summary>Accepted requests that have not arrived.</summary>
    public int Missing => missing.Count(m => m.Value);

    /// <summary>The next request, with gRPC's prefix.</summary>
    public (int Number, byte[] Framed) Next()
    {
        int number = Interlocked.Increment(ref numbers);
        byte[] framed = new byte[PrefixLength + Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), Length);
        payload.Message.Span.CopyTo(framed.AsSpan(PrefixLength));
        framed[^TailLength] = NumberTag;
        BinaryPrimitives.WriteInt32LittleEndian(framed.AsSpan(framed.Length - sizeof(int)), number);
        missing[number] = false;
        return (number, framed);
    }

    /// <summary>Notes that the hop accepted a request: from now on it is missing, unless it has arrived.</summary>
    public void Accept(int number)
    {
        Interlocked.Increment(ref accepted);
        missing.TryUpdate(number, true, false);
    }

    /// <summary>Notes that a request arrived.</summary>
    public void Arrived(ReadOnlySpan<byte> message) => missing.TryRemove(BinaryPrimitives.ReadInt32LittleEndian(message[^sizeof(int)..]), out _);
}
