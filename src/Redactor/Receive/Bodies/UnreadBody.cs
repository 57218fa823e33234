using System.IO.Pipelines;

namespace Redactor.Receive.Bodies;

/// <summary>
/// The body of a request that was refused without a look at it: taken in and forgotten, so that the answer finds a sender who is listening. Over HTTP/1.1 Kestrel
/// does so itself, behind the answer. Over HTTP/2 it keeps a stream that it has answered too early for 5 seconds and breaks off a connection with 200 of those, which
/// is there within a second and ends the calls of everybody who sends over it.
/// </summary>
internal static class UnreadBody
{
    /// <summary>Takes in what comes, until the body ends or <paramref name="atMost"/> bytes have come, or for as long as <paramref name="patience"/>.</summary>
    public static async ValueTask DiscardAsync(HttpContext context, long atMost, TimeSpan patience)
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            return;
        }

        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        impatient.CancelAfter(patience);
        try
        {
            PipeReader body = context.Request.BodyReader;
            for (bool ended = false; !ended && atMost > 0;)
            {
                ReadResult read = await body.ReadAsync(impatient.Token);
                atMost -= read.Buffer.Length;
                ended = read.IsCompleted;
                body.AdvanceTo(read.Buffer.End);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Too slow, or gone: what there is to say was decided before.
            return;
        }
    }
}
