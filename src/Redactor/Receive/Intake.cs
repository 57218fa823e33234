using Microsoft.AspNetCore.Connections;
using Redactor.Listen;
using Redactor.Receive.Bodies;

namespace Redactor.Receive;

/// <summary>What both transports share: a request body becomes a payload, the payload an outcome. Whatever happens ends in an outcome.</summary>
internal sealed class Intake(
    ReceiverOptions options,
    Func<Payload, CancellationToken, Task<ExportOutcome>> export,
    Func<long, ExportOutcome.Retryable?>? backpressure,
    InFlightBytes inFlight,
    Action<Refusal>? onRefused,
    ILogger logger)
{
    private readonly PassOnHeaders passOn = new(options.PassOnHeaders);
    private volatile bool stopping;

    /// <summary>From now on every new request is refused; those under way go on.</summary>
    public void Stop() => stopping = true;

    /// <summary>Counts and answers a request whose body was not read.</summary>
    public async Task<ExportOutcome> RefuseUnreadAsync(HttpContext context, Refusal reason)
    {
        await DiscardBodyAsync(context);
        return Refuse(reason);
    }

    /// <summary>Why the sender of a request is not let in, or null if it is.</summary>
    public static Refusal? Admit(HttpContext context) => Port.Of(context).Admit(context) switch
    {
        Admission.Granted => null,
        Admission.Busy => Refusal.Overloaded,
        _ => Refusal.SenderUnauthenticated,
    };

    /// <summary>Runs one request.</summary>
    /// <returns>How it ended, or null if the sender is gone and nobody is left to answer.</returns>
    public async Task<ExportOutcome?> RunAsync(HttpContext context, IncomingCall call)
    {
        if (Unwelcome() is { } refused)
        {
            await DiscardBodyAsync(context);
            return refused;
        }

        CancellationToken senderGone = context.RequestAborted;
        using var clock = new RequestClock(call.Timeout, options.Limits.BodyTimeout, senderGone);
        try
        {
            return await RunAsync(context.Request, call, clock);
        }
        catch (Exception e) when (senderGone.IsCancellationRequested || e is ConnectionResetException or ConnectionAbortedException)
        {
            return null;
        }
        catch (OperationCanceledException) when (clock.IsOver)
        {
            return Refuse(clock.Reason);
        }
        catch (BadHttpRequestException e)
        {
            return Refuse(e.StatusCode == StatusCodes.Status408RequestTimeout ? Refusal.TooSlow : Refusal.BadFrame);
        }
        catch (OutOfMemoryException)
        {
            // The garbage collector keeps a limit (that of the container, or DOTNET_GCHeapHardLimit) by refusing an allocation.
            return Refuse(Refusal.Overloaded);
        }
        catch (Exception e)
        {
            // The message may quote the payload: only the kind of exception and the place are safe to tell.
            logger.LogError("Request refused after an unexpected {Exception}\n{StackTrace}", e.GetType().FullName, e.StackTrace);
            return Refuse(Refusal.Internal);
        }
    }

    /// <summary>What a request would hear in the end whatever is in it, or null: it hears it before its body is read, inflated and redacted in vain.</summary>
    private ExportOutcome? Unwelcome()
    {
        if (stopping)
        {
            return Refuse(Refusal.ShuttingDown);
        }

        if (inFlight.IsFull)
        {
            return Refuse(Refusal.Overloaded);
        }

        if (backpressure?.Invoke(inFlight.Current) is { } later)
        {
            onRefused?.Invoke(later.Reason);
            return later;
        }

        return null;
    }

    private ValueTask DiscardBodyAsync(HttpContext context) => UnreadBody.DiscardAsync(context, options.Limits.StreamWindowBytes, options.Limits.UnreadBodyTimeout);

    private ExportOutcome.Refused Refuse(Refusal reason)
    {
        onRefused?.Invoke(reason);
        return new ExportOutcome.Refused(reason);
    }

    private async Task<ExportOutcome> RunAsync(HttpRequest request, IncomingCall call, RequestClock clock)
    {
        using var received = new PooledBody(inFlight, options.Limits.MaxMessageBytes);
        Refusal? refusal = await BodyReader.ReadAsync(request.BodyReader, call.Framing, received, clock.Token);
        clock.BodyIsComplete();
        if (refusal is null && !call.Framing.IsGzip)
        {
            return await ExportAsync(request, call, received, clock.Token);
        }

        using var inflated = new PooledBody(inFlight, options.Limits.MaxMessageBytes);
        refusal ??= Gzip.Inflate(received, inflated);
        received.Dispose();
        return refusal is { } reason ? Refuse(reason) : await ExportAsync(request, call, inflated, clock.Token);
    }

    private async Task<ExportOutcome> ExportAsync(HttpRequest request, IncomingCall call, PooledBody body, CancellationToken cancellation)
    {
        ExportOutcome? outcome = null;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            outcome = await export(new Payload(call.Signal, call.Encoding, body.Bytes, passOn.Pick(request.Headers)), cancellation);
            return outcome;
        }
        finally
        {
            // Only after a success is it certain that every backend has read all of it and nobody reads on.
            if (outcome is not (ExportOutcome.Accepted or ExportOutcome.PartialSuccess))
            {
                body.Abandon();
            }
        }
    }
}
