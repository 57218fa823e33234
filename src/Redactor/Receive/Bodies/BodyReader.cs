using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Redactor.Receive.Bodies;

/// <summary>Reads a request body to its end. Consumes as it goes, so that HTTP/2 windows open again.</summary>
internal static class BodyReader
{
    /// <returns>Why the body can't be taken, or null: then <paramref name="body"/> holds the message.</returns>
    /// <exception cref="ConnectionAbortedException">The connection or its stream has ended.</exception>
    public static async ValueTask<Refusal?> ReadAsync(PipeReader reader, IBodyFraming framing, PooledBody body, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult result = await ReadAsync(reader, cancellation);
            ReadOnlySequence<byte> input = result.Buffer;
            Refusal? refusal = framing.Take(ref input, body);
            reader.AdvanceTo(input.Start, input.End);
            if (refusal is not null)
            {
                return refusal;
            }

            if (result.IsCompleted)
            {
                return framing.IsComplete ? null : Refusal.Truncated;
            }
        }
    }

    private static async ValueTask<ReadResult> ReadAsync(PipeReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadAsync(cancellation);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new ConnectionAbortedException("the connection ended before the body", e);
        }
    }
}
