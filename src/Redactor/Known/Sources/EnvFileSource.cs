using Redactor.Rules;

namespace Redactor.Known.Sources;

/// <summary>A file of lines <c>NAME=value</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Keys">Which of the names; <c>*</c> stands for anything.</param>
/// <param name="Name">What stands before the names of its secrets; may be empty.</param>
/// <param name="Metadata">What is known of its secrets.</param>
public sealed record EnvFileSource(string Path, IReadOnlyList<string> Keys, string Name, SecretMetadata Metadata) : SecretSource(Name, Metadata)
{
    public override string Location => Path;

    public override Task ReadAsync(SecretList secrets, CancellationToken cancellation)
    {
        EnvText.ReadLines(SecretFile.Read(Path, secrets.Memory), Keys, secrets);
        return Task.CompletedTask;
    }
}
