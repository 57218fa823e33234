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

/// <summary>A file that is one secret: of a Kubernetes Secret, of a Vault agent, of Docker. White space at its end is no part of it.</summary>
public sealed record FileSource(string Path, string Name, SecretMetadata Metadata) : SecretSource(Name, Metadata)
{
    public override string Location => Path;

    public override Task ReadAsync(SecretList secrets, CancellationToken cancellation)
    {
        secrets.Add("", SecretFile.ReadValue(Path, secrets.Memory));
        return Task.CompletedTask;
    }
}

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
