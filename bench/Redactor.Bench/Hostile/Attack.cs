using Redactor.Tests.Interop;

namespace Redactor.Bench.Hostile;

/// <summary>One way to hurt the program.</summary>
/// <param name="Name">What is sent, for the table.</param>
/// <param name="RunAsync">Sends it, and tells how that was answered.</param>
/// <param name="Settings">What the program is configured with; null is the usual.</param>
internal sealed record Attack(string Name, Func<Victim, Task<string>> RunAsync, RedactorSettings? Settings = null)
{
    /// <summary>Whether the program asks for credentials: who has none is refused in good order, and that is service too.</summary>
    public bool AsksForCredentials => Settings is { } settings && settings.Ports.Contains("auth:", StringComparison.Ordinal);
}
