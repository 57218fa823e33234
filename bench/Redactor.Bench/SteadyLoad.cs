using System.Collections.Concurrent;
using System.Diagnostics;

namespace Redactor.Bench;

/// <summary>How a span of time went.</summary>
internal sealed record LoadSpan(TimeSpan Elapsed, int Sent, int Refused, int Failed, IReadOnlyList<double> Latencies)
{
    public override string ToString() =>
        $"{Sent / Elapsed.TotalSeconds:F0} | {Latencies.Count / Elapsed.TotalSeconds:F0} | {Refused / Elapsed.TotalSeconds:F0} | {Failed / Elapsed.TotalSeconds:F0} | {At(50):F1} | {At(99):F1}";

    private double At(int percent) => Latencies.Count == 0 ? double.NaN : Latencies.Order().ElementAt(Math.Min(Latencies.Count - 1, Latencies.Count * percent / 100));
}

/// <summary>Sends requests at a rate that does not depend on the answers.</summary>
internal sealed class SteadyLoad(Uri target, NumberedPayload payload) : IDisposable
{
    /// <summary>Senders that find out what the hop carries: enough that commits are shared.</summary>
    private const int Concurrency = 64;

    /// <summary>Requests that may be under way: beyond it the driver itself would swell; 1000 of 64 KiB are 64 MiB.</summary>
    private const int MaxUnderWay = 1000;

    /// <summary>A span that brings no twentieth more than the best one brings nothing.</summary>
    private const double LeastGain = 1.05;

    private readonly OtlpSender sender = new(target);
    private int underWay;

    /// <summary>
    /// Accepted requests a second with senders that wait for each answer: the most of several spans of time, of which the first are those in which code is compiled,
    /// until two more bring nothing.
    /// </summary>
    public async Task<double> CapacityAsync(TimeSpan span, CancellationToken cancellation)
    {
        double most = 0;
        for (int without = 0; without < 2;)
        {
            double now = await AcceptedAsync(span, cancellation);
            without = now > most * LeastGain ? 0 : without + 1;
            most = Math.Max(most, now);
        }

        return most;
    }

    private async Task<double> AcceptedAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        int accepted = 0;
        await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(async _ =>
        {
            while (clock.Elapsed < duration)
            {
                var span = new Counts();
                await SendOneAsync(span, cancellation);
                Interlocked.Add(ref accepted, span.Latencies.Count);
                if (span.Latencies.IsEmpty)
                {
                    await Task.Delay(OtlpSender.RefusedWait, cancellation);
                }
            }
        }));
        return accepted / clock.Elapsed.TotalSeconds;
    }

    public async Task<LoadSpan> SendAsync(double perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        var counts = new Counts();
        int sent = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            for (; sent < clock.Elapsed.TotalSeconds * perSecond && underWay < MaxUnderWay; sent++)
            {
                Interlocked.Increment(ref underWay);
                _ = Task.Run(
                    async () =>
                    {
                        await SendOneAsync(counts, cancellation);
                        Interlocked.Decrement(ref underWay);
                    },
                    cancellation);
            }

            await Task.Delay(1, cancellation);
        }

        return new LoadSpan(clock.Elapsed, sent, counts.Refused, counts.Failed, [.. counts.Latencies]);
    }

    public void Dispose() => sender.Dispose();

    private async Task SendOneAsync(Counts counts, CancellationToken cancellation)
    {
        var (number, head, tail) = payload.Next();
        long start = Stopwatch.GetTimestamp();
        string? failure = await sender.SendGrpcAsync(payload.Method, head, tail, cancellation);
        if (failure is null)
        {
            payload.Accept(number);
            counts.Latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        else if (OtlpSender.MayTryAgain(failure))
        {
            Interlocked.Increment(ref counts.Refused);
        }
        else
        {
            Interlocked.Increment(ref counts.Failed);
        }
    }

    private sealed class Counts
    {
        public readonly ConcurrentBag<double> Latencies = [];
        public int Refused;
        public int Failed;
    }
}
