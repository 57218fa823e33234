using System.Net;

namespace Redactor.Listen;

/// <summary>Tells of everyone who was not let in: counts each one, and writes so many lines that an attacker can't fill the log.</summary>
/// <param name="port">The port's name.</param>
/// <param name="onDenied">Counts.</param>
/// <param name="time">Measures the time between lines.</param>
/// <param name="logger">Gets the lines: address and reason, nothing that was sent.</param>
internal sealed class AccessLog(string port, Action<string, Admission>? onDenied, TimeProvider time, ILogger logger)
{
    private readonly Lock writing = new();
    private long? lastLine;
    private int unwritten;

    /// <summary>Tells of somebody who was not let in.</summary>
    public void Denied(Admission reason, IPAddress? client)
    {
        onDenied?.Invoke(port, reason);
        lock (writing)
        {
            if (lastLine is { } last && time.GetElapsedTime(last) < ListenLimits.DenialLogInterval)
            {
                unwritten++;
                return;
            }

            logger.LogWarning("Not let in on {Port}: {Reason}, from {Client}; {Unwritten} more since the last such line", port, reason, client, unwritten);
            (lastLine, unwritten) = (time.GetTimestamp(), 0);
        }
    }
}
