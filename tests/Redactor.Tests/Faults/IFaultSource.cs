namespace Redactor.Tests.Faults;

/// <summary>Where the redactor's telemetry comes from, and what of it counts as acknowledged.</summary>
internal interface IFaultSource
{
    /// <summary>The first number of each batch that was acknowledged: after success, or before an offset that was committed.</summary>
    IEnumerable<int> Acknowledged { get; }

    /// <summary>Requests that were answered "try again", or not at all.</summary>
    int Retries { get; }

    /// <summary>Hands everything over and ends when each batch is acknowledged or refused for good.</summary>
    Task SendAllAsync();
}
