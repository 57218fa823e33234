using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Redactor.Tests.Faults;

/// <summary><c>redactor run</c> as a process that is killed and started again with the same configuration.</summary>
/// <param name="configuration">The configuration file.</param>
/// <param name="health">Its health port.</param>
/// <param name="directory">Where it runs: a core dump would be found there.</param>
internal sealed partial class MortalRedactor(string configuration, Uri health, string directory) : IDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(120);

    /// <summary>Lines in which a process that ends says why.</summary>
    private const int LastWords = 5;

    private readonly ConcurrentQueue<string> output = new();
    private readonly HttpClient http = new();
    private Process? process;

    /// <summary>All that it has written, in all its lives.</summary>
    public IEnumerable<string> Output => output;

    public bool IsRunning => process is not null;

    /// <summary>How often, until it was last killed or stopped, the partitions changed that are its own.</summary>
    public long Rebalances { get; private set; }

    /// <summary>Starts it and waits until it is there. Where it finds the disk full it ends and says so, and is started again, as an orchestrator would.</summary>
    public async Task StartAsync()
    {
        do
        {
            Launch();
        }
        while (!await UntilAsync(async () => (await http.GetAsync(new Uri(health, "/healthz"))).IsSuccessStatusCode, StartDeadline, "the redactor did not start"));
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        await CountRebalancesAsync();
        Kill();
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    public async Task StopAsync()
    {
        await CountRebalancesAsync();
        using (var kill = Process.Start("kill", ["-TERM", process!.Id.ToString(null, null)]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Waits until nothing is queued any more.</summary>
    public Task WaitUntilDrainedAsync() => UntilAsync(
        async () => !Waiting().IsMatch(await http.GetStringAsync(new Uri(health, "/metrics"))), DrainDeadline, "the queue did not run empty");

    public void Dispose()
    {
        if (process is not null)
        {
            Kill();
        }

        http.Dispose();
    }

    private void Launch()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "redactor"), ["run", "--config", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        process?.Dispose();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Kill()
    {
        process!.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    /// <summary>What a process has counted dies with it.</summary>
    private async Task CountRebalancesAsync() =>
        Rebalances += Rebalanced().Matches(await http.GetStringAsync(new Uri(health, "/metrics"))).Sum(match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    /// <summary>Waits; false if the process has ended because the disk is full.</summary>
    private async Task<bool> UntilAsync(Func<Task<bool>> holds, TimeSpan deadline, string otherwise)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(25))
        {
            try
            {
                if (await holds())
                {
                    return true;
                }
            }
            catch (HttpRequestException) when (process!.HasExited)
            {
                await process.WaitForExitAsync();
                Assert.True(output.TakeLast(LastWords).Any(line => line.Contains("make room on the disk", StringComparison.Ordinal)), $"the redactor ended:\n{Last()}");
                return false;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet: ask again.
                Assert.True(waited.Elapsed < deadline, $"{otherwise}:\n{Last()}");
                continue;
            }

            Assert.True(waited.Elapsed < deadline, $"{otherwise}:\n{Last()}");
        }
    }

    private string Last() => string.Join('\n', output.TakeLast(20));

    [GeneratedRegex("""^redactor_queue_batches\{[^}]*\} [1-9]""", RegexOptions.Multiline)]
    private static partial Regex Waiting();

    [GeneratedRegex("""^redactor_kafka_rebalances_total\{[^}]*\} ([0-9]+)""", RegexOptions.Multiline)]
    private static partial Regex Rebalanced();
}
