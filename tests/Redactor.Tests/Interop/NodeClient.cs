using System.Diagnostics;

namespace Redactor.Tests.Interop;

/// <summary>Runs one of the clients of tests/interop.</summary>
internal static class NodeClient
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "interop");

    /// <summary>Lets the client send its telemetry and waits until it is done.</summary>
    /// <exception cref="InvalidOperationException">Node.js or the packages are missing, or the client failed.</exception>
    public static async Task RunAsync(string client, string transport, Uri endpoint)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            throw new InvalidOperationException("The packages of tests/interop are not installed: run the tests with 'make test', or 'npm ci --ignore-scripts' there.");
        }

        var start = new ProcessStartInfo("node", ["--import", "./repeatable.mjs", $"{client}.mjs"])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["INTEROP_ENDPOINT"] = endpoint.GetLeftPart(UriPartial.Authority),
                ["INTEROP_TRANSPORT"] = transport,
                ["INTEROP_SECRETS"] = PlantedSecrets.Instance.ToJson(),
            },
        };
        using var node = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        var output = node.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = node.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await node.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            node.Kill();
            throw new InvalidOperationException($"{client} did not end within {Deadline.TotalMinutes} minutes.");
        }

        if (node.ExitCode != 0)
        {
            throw new InvalidOperationException($"{client} ended with {node.ExitCode}: {await output}{await errors}");
        }
    }
}
