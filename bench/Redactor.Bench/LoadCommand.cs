using System.CommandLine;
using System.Diagnostics;
using Redactor.Tests.Interop;

namespace Redactor.Bench;

/// <summary>
/// <c>load --target URL --sink-port N --pid PID --share P --seconds S</c>: finds out what an OTLP/gRPC hop carries, then sends P percent of that, whether
/// it keeps up or not, and tells every interval how it fares. Each request has a number: at the end every accepted one must have arrived.
/// </summary>
internal static class LoadCommand
{
    private static readonly TimeSpan CapacityTime = TimeSpan.FromSeconds(8);

    /// <summary>After the load, at a third of what the hop carries: how long until nothing is refused any more.</summary>
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(20);
    private const double RecoveryShare = 0.3;

    /// <summary>How long the sink may wait for what is queued.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var target = OtlpSender.TargetOption("--target", "Where the hop takes OTLP/gRPC.");
        var sinkPort = new Option<int>("--sink-port") { Description = "The port on 127.0.0.1 that the hop forwards to as OTLP/gRPC.", Required = true };
        var pid = new Option<int>("--pid") { Description = "The hop's process, to read its memory.", Required = true };
        var share = new Option<int>("--share") { Description = "Percent of what the hop carries.", Required = true };
        var seconds = new Option<int>("--seconds") { Description = "How long.", Required = true };
        var interval = new Option<int>("--interval") { Description = "Seconds between two lines.", DefaultValueFactory = _ => 60 };

        var command = new Command("load", "Send a share of what a hop carries and watch it.") { target, sinkPort, pid, share, seconds, interval };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(target),
            parsed.GetRequiredValue(sinkPort),
            parsed.GetRequiredValue(pid),
            parsed.GetRequiredValue(share) / 100.0,
            TimeSpan.FromSeconds(parsed.GetRequiredValue(seconds)),
            TimeSpan.FromSeconds(parsed.GetValue(interval)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Uri target, int sinkPort, int pid, double share, TimeSpan duration, TimeSpan interval, CancellationToken cancellation)
    {
        var payload = new NumberedPayload(MadeUpPayload.Create());
        await using var backend = await OtlpBackend.StartAsync(request => payload.Arrived(request.Message.Span), grpcPort: sinkPort);
        using var load = new SteadyLoad(target, payload);

        double capacity = await load.CapacityAsync(CapacityTime, cancellation);
        Console.WriteLine($"carries   {capacity:F0} requests a second of {payload.Length:N0} bytes: {capacity * payload.Length / 1e6:F1} MB/s");
        Console.WriteLine("| s | sent/s | accepted/s | try again/s | failed/s | p50 ms | p99 ms | resident MiB |\n|---|---|---|---|---|---|---|---|");
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration;)
        {
            var span = await load.SendAsync(capacity * share, interval, cancellation);
            Console.WriteLine($"| {clock.Elapsed.TotalSeconds:F0} | {span} | {ProcessUsage.Of(pid).Memory / 1048576.0:F0} |");
        }

        var recovery = Stopwatch.StartNew();
        var recovered = TimeSpan.Zero;
        while (recovery.Elapsed < RecoveryTime)
        {
            var span = await load.SendAsync(capacity * RecoveryShare, TimeSpan.FromSeconds(1), cancellation);
            recovered = span.Refused + span.Failed > 0 ? recovery.Elapsed : recovered;
        }

        for (var waiting = Stopwatch.StartNew(); payload.Missing > 0 && waiting.Elapsed < DrainTime;)
        {
            await Task.Delay(100, cancellation);
        }

        Console.WriteLine($"recovered {recovered.TotalSeconds:F0} s after the load ended nothing was refused any more");
        Console.WriteLine($"memory    peak {ProcessUsage.Of(pid).PeakMemory / 1048576.0:F0} MiB");
        Console.WriteLine($"lost      {payload.Missing} of {payload.Accepted:N0} accepted requests");
        return payload.Missing == 0 ? 0 : 1;
    }
}
