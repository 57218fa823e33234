using System.CommandLine;
using System.Diagnostics;
using System.Numerics;
using Redactor.Tests.Interop;

namespace Redactor.Bench;

/// <summary>
/// <c>hop --target URL --sink-port N [--payload FILE.grpc] [--pid PID] [--seconds S] [--concurrency C] [--gzip]</c>: what any OTLP/gRPC hop costs. It sends one real
/// request again and again, receives what the hop passes on, and reads the hop's processor time and memory. Only what was accepted and has arrived counts, so that a hop
/// with a queue is measured with what it still has to do; senders wait after a refusal that allows a retry.
/// </summary>
internal static class HopCommand
{
    // Long enough for the hop's and the driver's tiered compilation to settle.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static Command Create()
    {
        var target = OtlpSender.TargetOption("--target", "Where the hop takes OTLP/gRPC.");
        var sinkPort = new Option<int>("--sink-port") { Description = "The port on 127.0.0.1 that the hop forwards to as OTLP/gRPC.", Required = true };
        var payload = new Option<FileInfo?>("--payload") { Description = "A request with gRPC's prefix; its name begins with traces, logs or metrics. Default: one that is made up." };
        var pid = new Option<int?>("--pid") { Description = "The hop's process, to read its processor time and memory." };
        var seconds = new Option<int>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 10 };
        var concurrency = new Option<int>("--concurrency") { Description = "Requests in flight.", DefaultValueFactory = _ => 8 };
        var gzip = new Option<bool>("--gzip") { Description = "Send the request compressed; figures still count its bytes before that." };

        var command = new Command("hop", "Drive an OTLP/gRPC hop and measure it.") { target, sinkPort, payload, pid, seconds, concurrency, gzip };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(target),
            parsed.GetRequiredValue(sinkPort),
            parsed.GetValue(payload) is { } file ? TestPayload.Load(file) : MadeUpPayload.Create(),
            parsed.GetValue(pid),
            TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            parsed.GetValue(concurrency),
            parsed.GetValue(gzip),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        Uri target, int sinkPort, TestPayload payload, int? pid, TimeSpan duration, int concurrency, bool gzip, CancellationToken cancellation)
    {
        byte[] framed = gzip ? payload.FramedGzip() : payload.Framed;
        var sink = new Sink(payload);
        await using var backend = await OtlpBackend.StartAsync(sink.Take, grpcPort: sinkPort);
        using var sender = new OtlpSender(target);

        await DriveAsync(sender, payload.Method, framed, WarmUp, concurrency, cancellation);
        await sink.SettleAsync(cancellation);
        long arrived = sink.Count;
        var before = pid is { } p ? ProcessUsage.Of(p) : default;
        var run = await DriveAsync(sender, payload.Method, framed, duration, concurrency, cancellation);
        var elapsed = run.Elapsed + await sink.SettleAsync(cancellation);
        var after = pid is { } q ? ProcessUsage.Of(q) : default;

        double megabytes = (double)run.Latencies.Count * payload.Message.Length / 1e6;
        long delivered = sink.Count - arrived;
        Console.WriteLine($"payload   {payload.Name}, {payload.Message.Length:N0} bytes, {payload.Secrets.Count} planted secrets");
        Console.WriteLine($"requests  {run.Latencies.Count:N0} accepted in {run.Elapsed.TotalSeconds:F1} s, {delivered:N0} arrived in {elapsed.TotalSeconds:F1} s: {delivered / elapsed.TotalSeconds:F0}/s, {megabytes / elapsed.TotalSeconds:F1} MB/s");
        Console.WriteLine($"refused   {run.Refused:N0}, to be tried again");
        Console.WriteLine($"failed    {run.Failures:N0} {run.LastFailure}");
        Console.WriteLine($"latency   p50 {Percentile(run.Latencies, 50):F2} ms, p99 {Percentile(run.Latencies, 99):F2} ms");
        Console.WriteLine($"sink      {sink.Count:N0} requests with the warm-up, {sink.Bytes:N0} bytes each at last");
        Console.WriteLine($"secrets   {sink.Secrets} of {payload.Secrets.Count} came through");
        if (pid is not null)
        {
            double cpu = (after.ProcessorTime - before.ProcessorTime).TotalSeconds;
            Console.WriteLine($"cpu       {cpu:F2} s of process {pid}: {megabytes / cpu:F1} MB a CPU second, {cpu / (megabytes * 1e6 / (1L << 30)):F2} CPU seconds a GiB");
            Console.WriteLine($"memory    peak {after.PeakMemory / 1048576.0:F1} MiB");
        }

        return run.Failures == 0 && sink.Secrets == 0 && delivered >= run.Latencies.Count ? 0 : 1;
    }

    private static async Task<Run> DriveAsync(OtlpSender sender, string method, byte[] framed, TimeSpan duration, int concurrency, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var workers = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => SendUntilAsync()));
        return new Run(
            clock.Elapsed,
            [.. workers.SelectMany(w => w.Latencies).Order()],
            workers.Sum(w => w.Refused),
            workers.Sum(w => w.Failures),
            workers.Select(w => w.LastFailure).FirstOrDefault(f => f is not null));

        async Task<Run> SendUntilAsync()
        {
            var latencies = new List<double>(1 << 16);
            int refused = 0, failures = 0;
            string? lastFailure = null;
            while (clock.Elapsed < duration)
            {
                long start = Stopwatch.GetTimestamp();
                switch (await sender.SendGrpcAsync(method, framed, cancellation))
                {
                    case null:
                        latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                        break;
                    case { } later when OtlpSender.MayTryAgain(later):
                        refused++;
                        await Task.Delay(OtlpSender.RefusedWait, cancellation);
                        break;
                    case { } failure:
                        failures++;
                        lastFailure = failure;
                        break;
                }
            }

            return new Run(clock.Elapsed, latencies, refused, failures, lastFailure);
        }
    }

    private static double Percentile(List<double> ascending, int percent) =>
        ascending.Count == 0 ? double.NaN : ascending[Math.Min(ascending.Count - 1, ascending.Count * percent / 100)];

    /// <param name="Elapsed">How long it took.</param>
    /// <param name="Latencies">Of the accepted requests, in milliseconds.</param>
    /// <param name="Refused">How many requests were refused and may be sent again.</param>
    /// <param name="Failures">How many requests failed otherwise.</param>
    /// <param name="LastFailure">What one of them was answered.</param>
    private sealed record Run(TimeSpan Elapsed, List<double> Latencies, int Refused, int Failures, string? LastFailure);

    /// <summary>
    /// Counts what the hop passes on. All requests are the same, so only those with a number that is a power of two are
    /// searched for secrets: searching each would cost more than the hop.
    /// </summary>
    private sealed class Sink(TestPayload payload)
    {
        /// <summary>After so long without an arrival nothing more is on its way: a second, beyond the waits of a queue that commits in groups.</summary>
        private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

        private long count;
        private long lastArrival = Stopwatch.GetTimestamp();

        public long Count => Interlocked.Read(ref count);

        public int Bytes { get; private set; }

        public int Secrets { get; private set; }

        /// <summary>Waits until nothing arrives any more.</summary>
        /// <returns>How long things still arrived.</returns>
        public async Task<TimeSpan> SettleAsync(CancellationToken cancellation)
        {
            long begun = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(Math.Max(begun, Interlocked.Read(ref lastArrival))) < Quiet)
            {
                await Task.Delay(Quiet / 20, cancellation);
            }

            return Interlocked.Read(ref lastArrival) is var last && last > begun ? Stopwatch.GetElapsedTime(begun, last) : TimeSpan.Zero;
        }

        public void Take(BackendRequest request)
        {
            Interlocked.Exchange(ref lastArrival, Stopwatch.GetTimestamp());
            if (BitOperations.IsPow2(Interlocked.Increment(ref count)))
            {
                Bytes = request.Message.Length;
                Secrets = Math.Max(Secrets, payload.SecretsIn(request.Message.Span).Count);
            }
        }
    }
}
