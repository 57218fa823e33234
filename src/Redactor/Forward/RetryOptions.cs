namespace Redactor.Forward;

/// <summary>How often and how long an exporter tries again; names and defaults are those of the collector's <c>retry_on_failure</c>.</summary>
public sealed record RetryOptions
{
    /// <summary>Whether to try again at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The first wait; each further one is half as long again, and each is varied by chance by up to half. 5 seconds, as the collector's.</summary>
    public TimeSpan InitialInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait, unless the backend asks for a longer one. 30 seconds, as the collector's.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to go on trying before the failure is told. 5 minutes, as the collector's; with a queue the batch is then offered anew.</summary>
    public TimeSpan MaxElapsedTime { get; init; } = TimeSpan.FromMinutes(5);
}
