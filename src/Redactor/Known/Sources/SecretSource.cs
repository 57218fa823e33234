using Redactor.Rules;

namespace Redactor.Known.Sources;

/// <summary>One place that secrets come from.</summary>
/// <param name="Name">The name of its secret; where it has several, what stands before their own names. May be empty.</param>
/// <param name="Metadata">What is known of its secrets.</param>
public abstract record SecretSource(string Name, SecretMetadata Metadata)
{
    /// <summary>Where it is, for messages and the log.</summary>
    public abstract string Location { get; }

    /// <summary>Reads what is there now.</summary>
    /// <exception cref="SecretSourceException">It can't be read.</exception>
    public abstract Task ReadAsync(SecretList secrets, CancellationToken cancellation);
}
