using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Redactor.Tests.Interop;

/// <summary>What a <see cref="RedactorProcess"/> has beside the usual.</summary>
internal sealed record RedactorSettings
{
    /// <summary>YAML that follows the endpoint of both receivers, such as <c>, allow: [10.0.0.0/8]</c>.</summary>
    public string Ports { get; init; } = "";

    /// <summary>Of the receivers: <c>https</c> where <see cref="Ports"/> has <c>tls</c>.</summary>
    public string Scheme { get; init; } = "http";

    /// <summary>YAML of one more exporter, such as <c>debug: {}</c>.</summary>
    public string Exporter { get; init; } = "";

    /// <summary>YAML of one more section, such as <c>queue: {directory: /tmp/q}</c>.</summary>
    public string Section { get; init; } = "";

    /// <summary>Where it runs, with its temporary files; null is where the tests run.</summary>
    public string? Folder { get; init; }

    /// <summary>The program; by default the one that was built with the tests.</summary>
    public string Program { get; init; } = Path.Combine(AppContext.BaseDirectory, "redactor");

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <summary><c>redactor run</c> as a process of its own, forwarding to a backend over both transports.</summary>
internal sealed class RedactorProcess : IDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly string configuration;
    private readonly ConcurrentQueue<string> output = new();

    private RedactorProcess(Process process, string configuration, string scheme, int[] ports)
    {
        this.process = process;
        this.configuration = configuration;
        (Grpc, Http, Health, Admin) = (Loopback(scheme, ports[0]), Loopback(scheme, ports[1]), Loopback("http", ports[2]), Loopback("http", ports[3]));
    }

    public int Id => process.Id;

    public Uri Grpc { get; }

    public Uri Http { get; }

    public Uri Health { get; }

    public Uri Admin { get; }

    /// <summary>All that it has written to standard output and standard error.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; with what it wrote.</exception>
    public static async Task<RedactorProcess> StartAsync(OtlpBackend backend, RedactorSettings? settings = null)
    {
        settings ??= new RedactorSettings();
        int[] ports = FreePorts(4);
        string configuration = Path.Combine(Path.GetTempPath(), $"redactor-interop-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(configuration, $$"""
            receivers:
              otlp:
                protocols:
                  grpc: { endpoint: "127.0.0.1:{{ports[0]}}"{{settings.Ports}} }
                  http: { endpoint: "127.0.0.1:{{ports[1]}}"{{settings.Ports}} }
            exporters:
              otlp: { endpoint: "{{backend.Grpc.GetLeftPart(UriPartial.Authority)}}" }
              otlphttp: { endpoint: "{{backend.Http.GetLeftPart(UriPartial.Authority)}}" }
              {{settings.Exporter}}
            {{settings.Section}}
            health: { endpoint: "127.0.0.1:{{ports[2]}}" }
            admin: { endpoint: "127.0.0.1:{{ports[3]}}" }
            """);
        var start = new ProcessStartInfo(settings.Program, ["run", "--config", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (settings.Folder is { } folder)
        {
            (start.WorkingDirectory, start.Environment["TMPDIR"], start.Environment["HOME"]) = (folder, folder, folder);
        }

        foreach (var (name, value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        var redactor = new RedactorProcess(Process.Start(start)!, configuration, settings.Scheme, ports);
        redactor.process.OutputDataReceived += (_, line) => redactor.output.Enqueue(line.Data ?? "");
        redactor.process.ErrorDataReceived += (_, line) => redactor.output.Enqueue(line.Data ?? "");
        redactor.process.BeginOutputReadLine();
        redactor.process.BeginErrorReadLine();
        await redactor.WaitUntilReadyAsync();
        return redactor;
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        File.Delete(configuration);
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < StartDeadline && !process.HasExited; await Task.Delay(50))
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Health, "/readyz"));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Nothing listens yet: ask again.
                continue;
            }
        }

        throw new InvalidOperationException($"redactor run was not ready within {StartDeadline.TotalSeconds} s:\n{Output}");
    }

    private static Uri Loopback(string scheme, int port) => new($"{scheme}://127.0.0.1:{port}");

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        return ports;
    }
}
