namespace Redactor.Forward;

/// <summary>
/// Tells the log when a backend's state changes, not each request of a bad hour: a line when trouble begins or is another than before,
/// one when it is over. Of a backend's own words nothing is logged: they may quote the payload.
/// </summary>
internal sealed partial class BackendLog(string exporter, ILogger logger)
{
    private string? trouble;

    /// <param name="status">What happened, in our words.</param>
    public void Problem(string status)
    {
        if (Interlocked.Exchange(ref trouble, status) != status)
        {
            LogProblem(exporter, status);
        }
    }

    public void Success()
    {
        if (trouble is not null && Interlocked.Exchange(ref trouble, null) is not null)
        {
            LogRecovered(exporter);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Exporter {Exporter}: {Status}")]
    private partial void LogProblem(string exporter, string status);

    [LoggerMessage(LogLevel.Information, "Exporter {Exporter} delivers again")]
    private partial void LogRecovered(string exporter);
}
