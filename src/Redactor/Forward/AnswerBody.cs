using System.Buffers;

namespace Redactor.Forward;

/// <summary>Reads what a backend answers, at most <see cref="ForwardLimits.MaxAnswerBytes"/>.</summary>
internal static class AnswerBody
{
    /// <summary>The whole body, which must be read for trailers to arrive; empty if it is longer than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = ArrayPool<byte>.Shared.Rent(ForwardLimits.MaxAnswerBytes);
        try
        {
            var length = 0;
            for (int read; (read = await stream.ReadAsync(buffer.AsMemory(length), cancellation)) > 0;)
            {
                length += read;
                if (length == buffer.Length)
                {
                    return default;
                }
            }

            return length == 0 ? default : buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
