using System.Buffers;
using System.Buffers.Binary;
using Redactor.Receive.Bodies;

namespace Redactor.Receive.Grpc;

/// <summary>
/// The framing of a unary gRPC call: one byte that says whether the message is compressed, its length as four bytes, big-endian, the message
/// (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md).
/// </summary>
/// <param name="allowGzip">Whether the call's <c>grpc-encoding</c> is gzip.</param>
internal sealed class GrpcFraming(bool allowGzip) : IBodyFraming
{
    private const int PrefixLength = 5;

    private bool hasPrefix;
    private long missing;

    public bool IsGzip { get; private set; }

    public bool IsComplete => hasPrefix && missing == 0;

    public Refusal? Take(ref ReadOnlySequence<byte> input, PooledBody body)
    {
        if (!hasPrefix)
        {
            if (input.Length < PrefixLength)
            {
                return null;
            }

            if (TakePrefix(ref input, body) is { } badPrefix)
            {
                return badPrefix;
            }
        }

        long count = Math.Min(missing, input.Length);
        if (count > 0)
        {
            if (body.Append(input.Slice(0, count)) is { } refusal)
            {
                return refusal;
            }

            missing -= count;
            input = input.Slice(count);
        }

        return input.IsEmpty ? null : Refusal.ExtraMessage;
    }

    private Refusal? TakePrefix(ref ReadOnlySequence<byte> input, PooledBody body)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        input.Slice(0, PrefixLength).CopyTo(prefix);
        if (prefix[0] > (allowGzip ? 1 : 0))
        {
            return Refusal.BadFrame;
        }

        input = input.Slice(PrefixLength);
        hasPrefix = true;
        IsGzip = prefix[0] == 1;
        missing = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        return body.Expect(missing);
    }
}
