using System.Net;
using Redactor.Listen;
using Redactor.Otlp.Rpc;
using Redactor.Receive;
using Redactor.Tests.Hostile;

namespace Redactor.Tests.Receive;

/// <summary>What would be refused in the end is refused before its body is read.</summary>
public sealed class BackpressureTests
{
    private const int KiB = 1024;
    private const int MiB = 1024 * KiB;

    private static readonly ExportOutcome.Retryable Full = new("queue: full", TimeSpan.FromSeconds(5)) { Reason = Refusal.QueueFull };

    private ExportOutcome.Retryable? backpressure = Full;

    [Fact]
    public async Task Over_HTTP_the_answer_comes_although_nothing_of_the_body_has()
    {
        await using TestReceiver receiver = await StartAsync();
        using RawConnection connection = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n");
        string answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: 5\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("queue: full", answer, StringComparison.Ordinal);
        Assert.Equal([Refusal.QueueFull], receiver.Refusals);
        Assert.Empty(receiver.Payloads);
    }

    [Fact]
    public async Task A_sender_that_asks_first_is_not_told_to_go_on()
    {
        await using TestReceiver receiver = await StartAsync();
        using RawConnection connection = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 503 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_gRPC_the_answer_comes_although_nothing_of_the_body_has()
    {
        await using TestReceiver receiver = await StartAsync(options: new ReceiverOptions { Limits = new ReceiveLimits { UnreadBodyTimeout = TimeSpan.FromMilliseconds(100) } });
        using RawHttp2 connection = await RawHttp2.OpenAsync(receiver.Receiver.GrpcAddress!);

        await connection.CallAsync(HeadersOnly(stream: 1));

        Assert.Equal([Refusal.QueueFull], receiver.Refusals);
        Assert.Empty(receiver.Payloads);
    }

    [Fact]
    public async Task A_connection_outlives_any_number_of_refusals()
    {
        await using TestReceiver receiver = await StartAsync();
        using var client = new GrpcClient(receiver.Grpc);
        byte[] message = GrpcClient.Frame(Sample.Bytes(256 * KiB));

        for (int round = 0; round < 10; round++)
        {
            GrpcReply[] replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.SendAsync(message)));
            Assert.All(replies, reply => Assert.Equal((int)GrpcStatusCode.Unavailable, reply.Status));
        }

        Assert.Equal(1000, receiver.Refusals.Count);
        Assert.Empty(receiver.Payloads);
    }

    [Theory]
    [InlineData(64 * KiB)]
    [InlineData(16 * MiB)] // more than may be under way before it is read
    public async Task Senders_see_the_status_and_no_broken_connection_and_are_served_over_the_same_one_when_there_is_room(int size)
    {
        await using TestReceiver receiver = await StartAsync();
        using var grpc = new GrpcClient(receiver.Grpc);
        using var http = new OtlpHttpClient(receiver.Http);
        byte[] message = Sample.Bytes(size);

        for (int i = 0; i < 3; i++)
        {
            GrpcReply reply = await grpc.SendAsync(GrpcClient.Frame(message));
            Assert.Equal(((int)GrpcStatusCode.Unavailable, "queue: full"), (reply.Status, reply.Message));
            Status details = Status.Parser.ParseFrom(Convert.FromBase64String(Padded(reply.Header("grpc-status-details-bin")!)));
            Assert.Equal(TimeSpan.FromSeconds(5), Assert.Single(details.Details).Unpack<RetryInfo>().RetryDelay.ToTimeSpan());
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.PostAsync("/v1/logs", message, "application/x-protobuf")).Status);
        }

        Assert.Empty(receiver.Payloads);
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
        backpressure = null;
        Assert.Equal(0, (await grpc.SendAsync(GrpcClient.Frame(message))).Status);
        Assert.Equal(HttpStatusCode.OK, (await http.PostAsync("/v1/logs", message, "application/x-protobuf")).Status);
        Assert.Equal(2, receiver.Payloads.Count);
    }

    [Fact]
    public async Task Where_the_memory_for_requests_is_used_up_no_body_is_read_until_an_eighth_of_it_is_free()
    {
        backpressure = null;
        var release = new TaskCompletionSource();
        await using TestReceiver receiver = await StartAsync(
            async (_, _) =>
            {
                await release.Task;
                return ExportOutcome.Success;
            },
            new ReceiverOptions { Limits = new ReceiveLimits { MaxBytesInFlight = 128 * KiB, UnreadBodyTimeout = TimeSpan.FromMilliseconds(100) } });
        using var grpc = new GrpcClient(receiver.Grpc);
        using RawHttp2 connection = await RawHttp2.OpenAsync(receiver.Receiver.GrpcAddress!);

        Task<GrpcReply> first = grpc.SendAsync(GrpcClient.Frame(Sample.Bytes(128 * KiB)));
        await Eventually.True(() => receiver.Payloads.Count == 1, "the first is under way");
        GrpcReply second = await grpc.SendAsync(GrpcClient.Frame([1]));
        await connection.CallAsync(HeadersOnly(stream: 1));
        release.SetResult();

        Assert.Equal(0, (await first).Status);
        Assert.Equal((int)GrpcStatusCode.Unavailable, second.Status);
        Assert.Equal([Refusal.Overloaded, Refusal.Overloaded], receiver.Refusals);
        Assert.Equal(0, (await grpc.SendAsync(GrpcClient.Frame([1]))).Status);
    }

    [Fact]
    public async Task Who_may_not_come_in_hears_that_and_not_how_full_it_is()
    {
        string tokens = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(tokens, new string('t', 32));
            var port = new PortOptions(new IPEndPoint(IPAddress.Loopback, 0)) { Auth = new PortAuth { TokensFile = tokens } };
            await using TestReceiver receiver = await StartAsync(options: new ReceiverOptions { Grpc = port, Http = port });
            using var http = new OtlpHttpClient(receiver.Http);

            Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsync("/v1/logs", [], "application/x-protobuf")).Status);
        }
        finally
        {
            File.Delete(tokens);
        }
    }

    /// <summary>A call over gRPC of which no byte of the body ever comes.</summary>
    private static byte[] HeadersOnly(int stream) => Http2Frames.Frame(Http2Frames.Headers, Http2Frames.EndHeaders, stream, Http2Frames.CallHeaders());

    private static string Padded(string base64) => base64.PadRight((base64.Length + 3) / 4 * 4, '=');

    private Task<TestReceiver> StartAsync(Func<Payload, CancellationToken, Task<ExportOutcome>>? export = null, ReceiverOptions? options = null) =>
        TestReceiver.StartAsync(export, options, backpressure: _ => backpressure);
}
