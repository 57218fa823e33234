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

    private readonly ConcurrentQueue<string> output = new();
    private readonly HttpClient http = new();
    private Process? process;

    /// <summary>All that it has written, in all its lives.</summary>
    public IEnumerable<string> Output => output;

    public bool IsRunning => process is not null;

    /// <summary>How often, until it was last killed or stopped, the partitions changed that are its own.</summary>
    public long Rebalances { get; private set; }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "redactor"), ["run", "--config", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilAsync(async () => (await http.GetAsync(new Uri(health, "/healthz"))).IsSuccessStatusCode, StartDeadline, "the redactor did not start");
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

    private async Task UntilAsync(Func<Task<bool>> holds, TimeSpan deadline, string otherwise)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(25))
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen: ask again, unless it is dead.
                Assert.False(process!.HasExited, $"the redactor ended:\n{string.Join('\n', output.TakeLast(20))}");
            }

            Assert.True(waited.Elapsed < deadline && !process!.HasExited, $"{otherwise}:\n{string.Join('\n', output.TakeLast(20))}");
        }
    }

    [GeneratedRegex("""^redactor_queue_batches\{[^}]*\} [1-9]""", RegexOptions.Multiline)]
    private static partial Regex Waiting();

    [GeneratedRegex("""^redactor_kafka_rebalances_total\{[^}]*\} ([0-9]+)""", RegexOptions.Multiline)]
    private static partial Regex Rebalanced();
}
