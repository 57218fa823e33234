using System.Net;
using Redactor.Receive;

namespace Redactor.Tests.Receive;

public class LimitTests
{
    private const int KiB = 1024;

    private static readonly ReceiverOptions Small = new()
    {
        Limits = new ReceiveLimits { MaxMessageBytes = 64 * KiB, MaxHeaderCount = 20, MaxHeaderBytes = 4 * KiB },
    };

    [Theory]
    [InlineData(64 * KiB, GrpcStatusCode.Ok, 200)]
    [InlineData(64 * KiB + 1, GrpcStatusCode.ResourceExhausted, 413)]
    public async Task A_message_may_be_as_large_as_the_limit_and_no_larger(int size, GrpcStatusCode grpcStatus, int httpStatus)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(options: Small);
        using var grpc = new GrpcClient(receiver.Grpc);
        using var http = new OtlpHttpClient(receiver.Http);
        byte[] message = Sample.Bytes(size);

        GrpcReply grpcReply = await grpc.SendAsync(GrpcClient.Frame(message));
        HttpReply withLength = await http.PostAsync("/v1/traces", message, "application/x-protobuf");
        HttpReply chunked = await http.SendAsync(
            HttpMethod.Post, "/v1/traces", new StreamContent(new MemoryStream(message)), "application/x-protobuf", ("transfer-encoding", "chunked"));

        Assert.Equal((int)grpcStatus, grpcReply.Status);
        Assert.Equal((HttpStatusCode)httpStatus, withLength.Status);
        Assert.Equal((HttpStatusCode)httpStatus, chunked.Status);
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
    }

    [Theory]
    [InlineData(64 * KiB, GrpcStatusCode.Ok, 200)]
    [InlineData(64 * KiB + 1, GrpcStatusCode.ResourceExhausted, 413)]
    public async Task An_inflated_message_may_be_as_large_as_the_limit_and_no_larger(int size, GrpcStatusCode grpcStatus, int httpStatus)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(options: Small);
        using var grpc = new GrpcClient(receiver.Grpc);
        using var http = new OtlpHttpClient(receiver.Http);
        byte[] compressed = Sample.GzipBomb(size);

        GrpcReply grpcReply = await grpc.SendAsync(GrpcClient.Frame(compressed, flag: 1), ("grpc-encoding", "gzip"));
        HttpReply httpReply = await http.PostAsync("/v1/traces", compressed, "application/x-protobuf", ("content-encoding", "gzip"));

        Assert.Equal((int)grpcStatus, grpcReply.Status);
        Assert.Equal((HttpStatusCode)httpStatus, httpReply.Status);
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
    }

    [Fact]
    public async Task More_bytes_in_flight_than_allowed_are_refused_as_retryable_until_the_others_are_done()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using TestReceiver receiver = await TestReceiver.StartAsync(
            async (_, _) =>
            {
                arrived.TrySetResult();
                await release.Task;
                return ExportOutcome.Success;
            },
            new ReceiverOptions { Limits = new ReceiveLimits { MaxBytesInFlight = 100 * KiB } });
        using var grpc = new GrpcClient(receiver.Grpc);
        using var http = new OtlpHttpClient(receiver.Http);
        byte[] message = Sample.Bytes(64 * KiB);

        Task<GrpcReply> first = grpc.SendAsync(GrpcClient.Frame(message));
        await arrived.Task;
        GrpcReply second = await grpc.SendAsync(GrpcClient.Frame(message));
        HttpReply third = await http.PostAsync("/v1/logs", message, "application/x-protobuf");
        release.SetResult();
        GrpcReply fourth = await AfterAsync(first, () => grpc.SendAsync(GrpcClient.Frame(message)));

        Assert.Equal(0, (await first).Status);
        Assert.Equal((int)GrpcStatusCode.Unavailable, second.Status);
        Assert.NotNull(second.Header("grpc-status-details-bin"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, third.Status);
        Assert.Equal("1", third.Header("retry-after"));
        Assert.Equal(0, fourth.Status);
    }

    [Fact]
    public async Task Too_many_headers_are_refused_and_the_next_request_is_served()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(options: Small);
        using var http = new OtlpHttpClient(receiver.Http);
        using var grpc = new GrpcClient(receiver.Grpc);
        (string, string)[] many = [.. Enumerable.Range(0, 30).Select(i => ($"x-{i}", "1"))];

        HttpReply httpReply = await http.PostAsync("/v1/logs", [], "application/x-protobuf", many);
        using HttpResponseMessage grpcReply = await grpc.SendRawAsync(
            GrpcClient.Request(receiver.Grpc, GrpcClient.TracesPath, new ByteArrayContent(GrpcClient.Frame([])), many));

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, httpReply.Status);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, grpcReply.StatusCode);
        await AssertServesAsync(receiver);
    }

    [Fact]
    public async Task Too_large_headers_are_refused_and_the_next_request_is_served()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(options: Small);
        using var http = new OtlpHttpClient(receiver.Http);
        using var grpc = new GrpcClient(receiver.Grpc);
        (string, string)[] large = [("x-large", new string('x', 8 * KiB))];

        HttpReply httpReply = await http.PostAsync("/v1/logs", [], "application/x-protobuf", large);
        await Assert.ThrowsAsync<HttpRequestException>(() => grpc.SendAsync(GrpcClient.Frame([]), large));

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, httpReply.Status);
        await AssertServesAsync(receiver);
    }

    [Fact]
    public async Task One_connection_more_than_allowed_is_closed_at_once()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(options: new ReceiverOptions { Limits = new ReceiveLimits { MaxConnections = 1 } });
        using RawConnection first = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!);
        await first.SendAsync("GET /info HTTP/1.1\r\nHost: a\r\n\r\n");
        await first.ReadAsync();

        using RawConnection second = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!);

        Assert.Equal("", await second.ReadToEndAsync());
    }

    [Fact]
    public async Task A_body_that_trickles_is_broken_off()
    {
        var limits = new ReceiveLimits { MinBodyBytesPerSecond = 1_000_000, MinBodyRateGrace = TimeSpan.FromSeconds(1.5) };
        await using TestReceiver receiver = await TestReceiver.StartAsync(options: new ReceiverOptions { Limits = limits });
        using RawConnection connection = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
        string answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains(RefusalTable.Of(Refusal.TooSlow).Message, answer, StringComparison.Ordinal);
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
    }

    [Fact]
    public async Task A_request_for_which_memory_is_lacking_may_come_again()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(
            (payload, _) => payload.Bytes.Length > 0 ? throw new InsufficientMemoryException("test") : Task.FromResult(ExportOutcome.Success));
        using var http = new OtlpHttpClient(receiver.Http);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.PostAsync("/v1/logs", [1], "application/x-protobuf")).Status);
        await AssertServesAsync(receiver);
    }

    [Fact]
    public async Task A_body_that_keeps_the_least_rate_and_has_no_end_is_broken_off()
    {
        var limits = new ReceiveLimits { MinBodyBytesPerSecond = 1, BodyTimeout = TimeSpan.FromMilliseconds(300) };
        await using TestReceiver receiver = await TestReceiver.StartAsync(options: new ReceiverOptions { Limits = limits });
        using RawConnection connection = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n" + new string(' ', 10_000));
        string answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Equal([Refusal.TooSlow], receiver.Refusals);
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
    }

    [Fact]
    public async Task An_export_may_take_longer_than_the_body()
    {
        var limits = new ReceiveLimits { BodyTimeout = TimeSpan.FromMilliseconds(50) };
        await using TestReceiver receiver = await TestReceiver.StartAsync(
            async (_, cancellation) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
                return ExportOutcome.Success;
            },
            new ReceiverOptions { Limits = limits });
        using var grpc = new GrpcClient(receiver.Grpc);

        Assert.Equal(0, (await grpc.SendAsync(GrpcClient.Frame([]))).Status);
        Assert.Equal(0, (await grpc.SendAsync(GrpcClient.Frame([]), ("grpc-timeout", "10S"))).Status);
        Assert.Equal((int)GrpcStatusCode.DeadlineExceeded, (await grpc.SendAsync(GrpcClient.Frame([]), ("grpc-timeout", "100m"))).Status);
    }

    private static async Task<GrpcReply> AfterAsync(Task before, Func<Task<GrpcReply>> send)
    {
        await before;
        return await send();
    }

    private static async Task AssertServesAsync(TestReceiver receiver)
    {
        using var grpc = new GrpcClient(receiver.Grpc);
        using var http = new OtlpHttpClient(receiver.Http);
        Assert.Equal(0, (await grpc.SendAsync(GrpcClient.Frame([]))).Status);
        Assert.Equal(HttpStatusCode.OK, (await http.PostAsync("/v1/logs", [], "application/x-protobuf")).Status);
    }
}
