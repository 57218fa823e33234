using System.Net;
using System.Net.Sockets;
using Redactor.Receive;

namespace Redactor.Tests.Receive;

public class ConnectionTests
{
    private static readonly ReceiverOptions ShortLived = new() { Limits = new ReceiveLimits { MaxConnectionAge = TimeSpan.FromMilliseconds(50) } };

    [Fact]
    public async Task An_old_gRPC_connection_finishes_what_is_under_way_and_the_next_call_takes_a_new_one()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(WaitAsync, ShortLived);
        int connections = 0;
        using var client = new HttpMessageInvoker(CountingHandler(() => Interlocked.Increment(ref connections)));

        for (int call = 1; call <= 2; call++)
        {
            using HttpRequestMessage request = GrpcClient.Request(receiver.Grpc, GrpcClient.TracesPath, new ByteArrayContent(GrpcClient.Frame([])));
            using HttpResponseMessage response = await client.SendAsync(request, default);
            await response.Content.ReadAsByteArrayAsync();

            Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
            Assert.Equal(call, connections);
        }
    }

    [Fact]
    public async Task An_old_HTTP_connection_finishes_what_is_under_way_and_says_close()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(WaitAsync, ShortLived);
        using var client = new OtlpHttpClient(receiver.Http);

        HttpReply reply = await client.PostAsync("/v1/logs", [], "application/x-protobuf");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.True(reply.Response.Headers.ConnectionClose);
    }

    [Fact]
    public async Task A_young_connection_is_kept()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        int connections = 0;
        using var client = new HttpMessageInvoker(CountingHandler(() => Interlocked.Increment(ref connections)));

        for (int call = 1; call <= 3; call++)
        {
            using HttpRequestMessage request = GrpcClient.Request(receiver.Grpc, GrpcClient.TracesPath, new ByteArrayContent(GrpcClient.Frame([])));
            using HttpResponseMessage response = await client.SendAsync(request, default);
            await response.Content.ReadAsByteArrayAsync();
        }

        Assert.Equal(1, connections);
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
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using TestReceiver receiver = await TestReceiver.StartAsync(async (_, _) =>
        {
            arrived.SetResult();
            await release.Task;
            return ExportOutcome.Success;
        });
        using var client = new GrpcClient(receiver.Grpc);

        Task<GrpcReply> call = client.SendAsync(GrpcClient.Frame([1, 2, 3]));
        await arrived.Task;
        Task stop = receiver.Receiver.StopAsync();
        release.SetResult();

        Assert.Equal(0, (await call).Status);
        await stop;
        using var late = new GrpcClient(receiver.Grpc);
        await Assert.ThrowsAsync<HttpRequestException>(() => late.SendAsync(GrpcClient.Frame([])));
    }

    /// <summary>An export that ends only after the connection has grown old.</summary>
    private static async Task<ExportOutcome> WaitAsync(Payload payload, CancellationToken cancellation)
    {
        await Task.Delay(ShortLived.Limits.MaxConnectionAge * 20, cancellation);
        return ExportOutcome.Success;
    }

    private static SocketsHttpHandler CountingHandler(Action connected) => new()
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            connected();
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
