using Redactor.Known.Sources;
using Redactor.Scanning;

namespace Redactor.Known;

/// <summary>Where known secrets come from, and how they are kept.</summary>
/// <param name="Sources">The sources in order: a value that several have is labelled by the first.</param>
public sealed record KnownOptions(IReadOnlyList<SecretSource> Sources)
{
    /// <summary>Least length of a value in bytes; shorter ones are refused. At least <see cref="ScanLimits.MinExactLength"/>.</summary>
    public int MinLength { get; init; } = ScanLimits.MinExactLength;

    /// <summary>How long a value stays known after it has gone from its source: a day, the usual time in which a rotation reaches every client.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often the sources are read again: 10 s, well before the new value of a mounted secret, which takes up to a minute, is in use everywhere.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(10);
}
