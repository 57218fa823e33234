using System.Net;
using Redactor.Receive;

namespace Redactor.Tests.Receive;

public class ConnectionTests
{
    [Fact]
    public async Task An_old_gRPC_connection_finishes_what_is_under_way_and_the_next_call_takes_a_new_one()
    {
        var time = new ManualTime();
        var export = new HeldExport();
        await using TestReceiver receiver = await TestReceiver.StartAsync(export.RunAsync, time: time);
        using var client = new GrpcClient(receiver.Grpc);

        Task<GrpcReply> first = client.SendAsync(GrpcClient.Frame([1]));
        await export.Arrived;
        time.Fire();
        export.Release();
        Assert.Equal(0, (await first).Status);
        Assert.Single(time.DueTimes);

        Assert.Equal(0, (await client.SendAsync(GrpcClient.Frame([2]))).Status);
        Assert.Equal(2, time.DueTimes.Count);
    }

    [Fact]
    public async Task An_old_HTTP_connection_finishes_what_is_under_way_and_says_close()
    {
        var time = new ManualTime();
        var export = new HeldExport();
        await using TestReceiver receiver = await TestReceiver.StartAsync(export.RunAsync, time: time);
        using var client = new OtlpHttpClient(receiver.Http);

        Task<HttpReply> call = client.PostAsync("/v1/logs", [1], "application/x-protobuf");
        await export.Arrived;
        time.Fire();
        export.Release();
        HttpReply reply = await call;

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.True(reply.Response.Headers.ConnectionClose);
    }

    [Fact]
    public async Task Connections_do_not_grow_old_together()
    {
        var time = new ManualTime();
        await using TestReceiver receiver = await TestReceiver.StartAsync(time: time);

        for (int i = 0; i < 10; i++)
        {
            using var client = new GrpcClient(receiver.Grpc);
            await client.SendAsync(GrpcClient.Frame([]));
        }

        TimeSpan age = new ReceiveLimits().MaxConnectionAge;
        Assert.All(time.DueTimes, due => Assert.InRange(due, age * 0.9, age * 1.1));
        Assert.Equal(10, time.DueTimes.Distinct().Count());
    }

    [Fact]
    public async Task A_young_connection_is_kept()
    {
        var time = new ManualTime();
        await using TestReceiver receiver = await TestReceiver.StartAsync(time: time);
        using var client = new GrpcClient(receiver.Grpc);

        for (int call = 1; call <= 3; call++)
        {
            await client.SendAsync(GrpcClient.Frame([]));
        }

        Assert.Single(time.DueTimes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sender_that_leaves_cancels_the_export_and_its_bytes_are_let_go(bool overGrpc)
    {
        var arrived = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var log = new RecordingLogger();
        await using TestReceiver receiver = await TestReceiver.StartAsync(
            async (_, cancellation) =>
            {
                cancellation.Register(cancelled.SetResult);
                arrived.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return ExportOutcome.Success;
            },
            logger: log);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        using var leave = new CancellationTokenSource();
        using HttpRequestMessage request = overGrpc
            ? GrpcClient.Request(receiver.Grpc, GrpcClient.TracesPath, new ByteArrayContent(GrpcClient.Frame([1])))
            : new HttpRequestMessage(HttpMethod.Post, new Uri(receiver.Http, "/v1/logs")) { Content = new ByteArrayContent([1]) { Headers = { { "content-type", "application/json" } } } };

        Task<HttpResponseMessage> call = client.SendAsync(request, leave.Token);
        await arrived.Task;
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task;
        await receiver.Receiver.StopAsync();
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task A_body_that_breaks_off_leaves_nothing_behind()
    {
        var log = new RecordingLogger();
        await using TestReceiver receiver = await TestReceiver.StartAsync(logger: log);
        using (RawConnection connection = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!))
        {
            await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{");
            connection.Reset();
        }

        await receiver.Receiver.StopAsync();
        Assert.Empty(receiver.Payloads);
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\n{")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\"")]
    public async Task A_body_that_ends_early_goes_nowhere_and_ends_the_connection(string rest)
    {
        var log = new RecordingLogger();
        await using TestReceiver receiver = await TestReceiver.StartAsync(logger: log);
        using RawConnection connection = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + rest);
        connection.CloseSending();

        Assert.DoesNotContain(" 200 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Empty(receiver.Payloads);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Chunks_of_impossible_length_are_refused_without_quoting_them()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using RawConnection connection = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n");
        string answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains(RefusalTable.Of(Refusal.BadFrame).Message, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", answer, StringComparison.Ordinal);
        Assert.Empty(receiver.Payloads);
    }

    [Fact]
    public async Task HTTP_1_on_the_gRPC_port_is_refused()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using RawConnection connection = await RawConnection.OpenAsync(receiver.Receiver.GrpcAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_finishes_what_is_under_way_and_listens_no_more()
    {
        var export = new HeldExport();
        await using TestReceiver receiver = await TestReceiver.StartAsync(export.RunAsync);
        using var client = new GrpcClient(receiver.Grpc);

        Task<GrpcReply> call = client.SendAsync(GrpcClient.Frame([1, 2, 3]));
        await export.Arrived;
        Task stop = receiver.Receiver.StopAsync();
        export.Release();

        Assert.Equal(0, (await call).Status);
        await stop;
        using var late = new GrpcClient(receiver.Grpc);
        await Assert.ThrowsAsync<HttpRequestException>(() => late.SendAsync(GrpcClient.Frame([])));
    }

    /// <summary>An export that ends when the test says so.</summary>
    private sealed class HeldExport
    {
        private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends when the first request is under way.</summary>
        public Task Arrived => arrived.Task;

        public void Release() => released.SetResult();

        public async Task<ExportOutcome> RunAsync(Payload payload, CancellationToken cancellation)
        {
            arrived.TrySetResult();
            await released.Task.WaitAsync(cancellation);
            return ExportOutcome.Success;
        }
    }
}
