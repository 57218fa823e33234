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

    private readonly TestPayload payload;
    private readonly byte[] head;
    private readonly ConcurrentDictionary<int, bool> missing = new();
    private int numbers;
    private int accepted;

    public NumberedPayload(TestPayload payload)
    {
        this.payload = payload;
        head = [0, 0, 0, 0, 0, .. payload.Message.Span];
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), Length);
    }

    public string Method => payload.Method;

    /// <summary>Of the message in bytes.</summary>
    public int Length => payload.Message.Length + TailLength;

    /// <summary>Requests that the hop accepted.</summary>
    public int Accepted => accepted;

    /// <summary>Accepted requests that have not arrived.</summary>
    public int Missing => missing.Count(m => m.Value);

    /// <summary>The next request, with gRPC's prefix: what all of them begin with, and its own end. Copies would take the processor from the hop.</summary>
    public (int Number, byte[] Head, byte[] Tail) Next()
    {
        int number = Interlocked.Increment(ref numbers);
        byte[] tail = [NumberTag, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(tail.AsSpan(1), number);
        missing[number] = false;
        return (number, head, tail);
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
