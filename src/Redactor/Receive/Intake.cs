using Microsoft.AspNetCore.Connections;
using Redactor.Listen;
using Redactor.Receive.Bodies;

namespace Redactor.Receive;

/// <summary>What both transports share: a request body becomes a payload, the payload an outcome. Whatever happens ends in an outcome.</summary>
internal sealed class Intake(
    ReceiverOptions options, Func<Payload, CancellationToken, Task<ExportOutcome>> export, Action<Refusal>? onRefused, ILogger logger)
{
    private readonly InFlightBytes inFlight = new(options.Limits.MaxBytesInFlight);
    private readonly PassOnHeaders passOn = new(options.PassOnHeaders);
    private volatile bool stopping;

    /// <summary>Bytes of request buffers in use now.</summary>
    public long BytesInFlight => inFlight.Current;

    /// <summary>From now on every new request is refused; those under way go on.</summary>
    public void Stop() => stopping = true;

    /// <summary>Counts and answers a request that is turned away before anybody else sees it.</summary>
    public ExportOutcome Refuse(Refusal reason)
    {
        onRefused?.Invoke(reason);
        return new ExportOutcome.Refused(reason);
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
        if (stopping)
        {
            return Refuse(Refusal.ShuttingDown);
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
