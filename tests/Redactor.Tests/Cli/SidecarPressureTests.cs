using System.Net;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Cli;
using Redactor.Configuration;
using Redactor.Forward;
using Redactor.Forward.Queue;
using Redactor.Listen;
using Redactor.Receive;
using Redactor.Rules;
using Redactor.Tests.Forward;
using Redactor.Tests.Receive;
using Redactor.Tests.Telemetry;

namespace Redactor.Tests.Cli;

/// <summary>What the whole program holds, and whom it turns away, while its backend takes nothing.</summary>
[Collection(SharedMeters.Name)]
public sealed class SidecarPressureTests : IDisposable
{
    private const int KiB = 1024;

    private static readonly string Secret = "acme-" + new string('7', 20);

    private readonly TemporaryFolder folder = new();
    private readonly TaskCompletionSource answers = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("nothing to find", 64 * KiB)] // the buffer, of the next power of two
    [InlineData(null, 2 * 64 * KiB)] // and that of the copy without the secret
    public async Task A_request_is_accounted_for_with_its_redacted_copy_until_the_backend_has_answered(string? text, int least)
    {
        await using var backend = await SlowBackendAsync();
        await using var sidecar = await StartAsync(backend, queue: null);
        using var client = new GrpcClient(new Uri($"http://{sidecar.Receiver.GrpcAddress}"));

        Task<GrpcReply> sending = client.SendAsync(Request(text ?? Secret));
        await Eventually.True(() => backend.Requests.Count == 1, "the backend has the request");

        Assert.InRange(sidecar.Receiver.BytesInFlight, least, least + KiB);
        answers.SetResult();
        Assert.Equal(0, (await sending).Status);
        Assert.Equal(0, sidecar.Receiver.BytesInFlight);
    }

    [Fact]
    public async Task A_redacted_copy_for_which_there_is_no_room_goes_nowhere_and_its_sender_is_asked_to_come_again()
    {
        await using var backend = await SlowBackendAsync();
        await using var sidecar = await StartAsync(backend, queue: null, maxBytesInFlight: 80 * KiB);
        using var client = new GrpcClient(new Uri($"http://{sidecar.Receiver.GrpcAddress}"));

        Assert.Equal((int)GrpcStatusCode.Unavailable, (await client.SendAsync(Request(Secret))).Status);

        Assert.Empty(backend.Requests);
        Assert.Equal(0, sidecar.Receiver.BytesInFlight);
        answers.SetResult();
        Assert.Equal(0, (await client.SendAsync(Request("nothing to find"))).Status);
    }

    [Fact]
    public async Task A_full_queue_turns_senders_away_unread_and_takes_them_again_when_the_backend_is_back()
    {
        await using var backend = await SlowBackendAsync();
        var options = new QueueOptions { Directory = Path.Combine(folder.Path, "queue"), MaxBytes = 90_000, Synchronous = QueueSynchronous.Normal };
        await using var sidecar = await StartAsync(backend, options);
        using var client = new GrpcClient(new Uri($"http://{sidecar.Receiver.GrpcAddress}"));
        using var http = new HttpClient();
        byte[] request = Request("nothing to find");

        Assert.Equal(0, (await client.SendAsync(request)).Status);
        Assert.Equal(0, (await client.SendAsync(request)).Status);
        GrpcReply third = await client.SendAsync(request), fourth = await client.SendAsync(request);
        string metrics = await http.GetStringAsync(new Uri(sidecar.Health, "/metrics"));

        Assert.Equal((int)GrpcStatusCode.Unavailable, third.Status);
        Assert.Equal((third.Status, third.Message), (fourth.Status, fourth.Message));
        Assert.Contains("wait for otlp", fourth.Message, StringComparison.Ordinal);
        Assert.Contains("redactor_requests_turned_away_total{reason=\"queue_full\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("redactor_scan_duration_seconds_count{signal=\"traces\"} 3\n", metrics, StringComparison.Ordinal);
        answers.SetResult();
        await Eventually.True(() => client.SendAsync(request).Result.Status == 0, "the queue has room");
    }

    /// <summary>A trace of 40,000 bytes and some.</summary>
    private static byte[] Request(string text) => GrpcClient.Frame(TestPayload.Request($"{text} {string.Concat(Enumerable.Repeat("word ", 8000))}").ToByteArray());

    private Task<StubBackend> SlowBackendAsync() => StubBackend.GrpcAsync(async context =>
    {
        await answers.Task;
        await StubBackend.GrpcAnswer(GrpcStatusCode.Ok)(context);
    });

    private async Task<Sidecar> StartAsync(StubBackend backend, QueueOptions? queue, long maxBytesInFlight = 1024 * KiB)
    {
        folder.Write("acme.yaml", "- {id: acme-key, pattern: 'acme-[0-9]{20}'}");
        var anyPort = new PortOptions(new IPEndPoint(IPAddress.Loopback, 0));
        var options = new RedactorOptions
        {
            Receiver = new ReceiverOptions { Grpc = anyPort, Http = anyPort, Limits = new ReceiveLimits { MaxBytesInFlight = maxBytesInFlight } },
            Health = anyPort,
            Admin = anyPort,
            Exporters = [new OtlpExporterOptions { Name = "otlp", Transport = OtlpTransport.Grpc, Endpoint = backend.Address, Timeout = TimeSpan.FromMinutes(1) }],
            Queue = queue,
        };
        var rules = RuleStore.Open(new RuleSource([Path.Combine(folder.Path, "*.yaml")], Profile.Default), NullLogger.Instance, out _)!;
        var sidecar = new Sidecar(options, rules, Stream.Null, exportTelemetry: false, NullLoggerFactory.Instance);
        await sidecar.StartAsync();
        return sidecar;
    }
}
