using Redactor.Rules;

namespace Redactor.Known.Sources;

/// <summary>A file that is one secret: of a Kubernetes Secret, of a Vault agent, of Docker. White space at its end is no part of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">The secret's name.</param>
/// <param name="Metadata">What is known of the secret.</param>
public sealed record FileSource(string Path, string Name, SecretMetadata Metadata) : SecretSource(Name, Metadata)
{
    public override string Location => Path;

    public override Task ReadAsync(SecretList secrets, CancellationToken cancellation)
    {
        secrets.Add("", SecretFile.ReadValue(Path, secrets.Memory));
        return Task.CompletedTask;
    }
}
