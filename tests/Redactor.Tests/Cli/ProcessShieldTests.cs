using Redactor.Tests.Interop;

namespace Redactor.Tests.Cli;

/// <summary>A running Redactor can't be looked into: the process itself is examined.</summary>
public sealed class ProcessShieldTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_dumps_no_core_and_has_no_diagnostics_port()
    {
        await using var backend = await RecordingBackend.StartAsync();
        using var redactor = await RedactorProcess.StartAsync(backend.Server, new RedactorSettings { Folder = folder.Path });

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.DoesNotContain($"dotnet-diagnostic-{redactor.Id}", File.ReadAllText("/proc/net/unix"), StringComparison.Ordinal);
        string cores = File.ReadLines($"/proc/{redactor.Id}/limits").Single(line => line.StartsWith("Max core file size", StringComparison.Ordinal));
        Assert.Equal(["0", "0"], cores["Max core file size".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2]);
    }

    [Fact]
    public async Task Who_asks_for_diagnostics_gets_them()
    {
        await using var backend = await RecordingBackend.StartAsync();
        var settings = new RedactorSettings { Folder = folder.Path, Environment = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "1" } };
        using var redactor = await RedactorProcess.StartAsync(backend.Server, settings);

        Assert.Contains(Directory.EnumerateFiles(folder.Path), file => Path.GetFileName(file).StartsWith($"dotnet-diagnostic-{redactor.Id}-", StringComparison.Ordinal));
    }
}
