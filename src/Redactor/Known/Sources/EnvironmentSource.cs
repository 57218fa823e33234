using Redactor.Rules;

namespace Redactor.Known.Sources;

/// <summary>The environment that this process was started with, read from the kernel: a string of the runtime could never be cleared.</summary>
/// <param name="Keys">Which of the variables; <c>*</c> stands for anything.</param>
/// <param name="Name">What stands before the names of its secrets; may be empty.</param>
/// <param name="Metadata">What is known of its secrets.</param>
public sealed record EnvironmentSource(IReadOnlyList<string> Keys, string Name, SecretMetadata Metadata) : SecretSource(Name, Metadata)
{
    private const string Environ = "/proc/self/environ";

    public override string Location => "environment";

    public override Task ReadAsync(SecretList secrets, CancellationToken cancellation)
    {
        EnvText.ReadBlock(SecretFile.Read(Environ, secrets.Memory), Keys, secrets);
        return Task.CompletedTask;
    }
}
