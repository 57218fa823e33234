using System.Buffers.Binary;
using System.Net;
using Redactor.Otlp;
using Redactor.Receive;
using Redactor.Tests.Interop;
using Redactor.Tests.Receive;

namespace Redactor.Tests.Hostile;

/// <summary>What is sent to hurt the program is answered, costs little, and leaves it serving. The same in large, with figures: <c>make hostile</c>.</summary>
public sealed class HostileInputTests(Hop hop) : IClassFixture<Hop>
{
    private const int MiB = 1 << 20;
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";
    private const string LogsMethod = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

    [Fact]
    public async Task A_gzip_bomb_is_refused_before_it_is_inflated()
    {
        byte[] bomb = HostileMessages.GzipBomb(1024L * MiB);
        long before = PeakMemory();

        GrpcReply grpc = await SendAsync(bomb, flag: 1);
        HttpReply http = await PostAsync(bomb, Protobuf, ("content-encoding", "gzip"));

        Assert.Equal((int)GrpcStatusCode.ResourceExhausted, grpc.Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, http.Status);
        Assert.InRange(PeakMemory() - before, 0, 32 * MiB);
        await AssertServesAsync();
    }

    [Fact]
    public async Task A_gzip_bomb_that_lies_about_its_length_is_refused_when_it_has_reached_it()
    {
        byte[] bomb = HostileMessages.GzipBomb(1024L * MiB);
        BinaryPrimitives.WriteUInt32LittleEndian(bomb.AsSpan(^4), 1000);

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(bomb, Protobuf, ("content-encoding", "gzip"))).Status);
        await AssertServesAsync();
    }

    [Fact]
    public async Task Nesting_of_100_000_levels_is_refused_in_protobuf_and_in_JSON()
    {
        GrpcReply grpc = await SendAsync(HostileMessages.DeepProtobuf(100_000));
        HttpReply http = await PostAsync(HostileMessages.DeepJson(100_000), Json);

        Assert.Equal((int)GrpcStatusCode.InvalidArgument, grpc.Status);
        Assert.Equal(RefusalTable.Of(Refusal.TooDeep).Message, grpc.Message);
        Assert.Equal(HttpStatusCode.BadRequest, http.Status);
        await AssertServesAsync();
    }

    [Fact]
    public async Task JSON_in_a_string_may_nest_as_it_likes()
    {
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(HostileMessages.DeepJsonText(100_000), Json)).Status);
        await AssertServesAsync();
    }

    [Fact]
    public async Task Very_many_attributes_arrive_as_they_were_sent()
    {
        byte[] message = HostileMessages.ManyAttributes(100_000);
        Assert.Equal(100_000, ExportLogsServiceRequest.Parser.ParseFrom(message).ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes.Count);

        Arrival[] arrived = await hop.Backend.CollectAsync(async () => Assert.Equal(0, (await SendAsync(message)).Status));

        Assert.All(arrived, a => Assert.Equal(message, a.Bytes));
    }

    [Fact]
    public async Task Endless_headers_of_HTTP_1_are_refused()
    {
        using RawConnection connection = await RawConnection.OpenAsync(Address(hop.Redactor.Http));
        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: a\r\n");

        await connection.FloodAsync([.. "x-more: and more\r\n"u8], 100_000);

        Assert.DoesNotContain(" 200 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        await AssertServesAsync();
    }

    [Fact]
    public async Task Endless_headers_of_HTTP_2_end_the_connection()
    {
        using RawConnection connection = await RawConnection.OpenAsync(Address(hop.Redactor.Grpc));
        await connection.SendAsync(Http2Frames.Preface());
        await connection.SendAsync(Http2Frames.UnfinishedHeaders());

        int sent = await connection.FloodAsync(Http2Frames.OneHeaderMore(), 1_000_000);

        Assert.InRange(sent, 1, 100_000);
        await AssertServesAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Headers_that_trickle_are_broken_off(bool grpcPort)
    {
        var limits = new ReceiveLimits { HeadersTimeout = TimeSpan.FromSeconds(1) };
        await using TestReceiver receiver = await TestReceiver.StartAsync(options: new ReceiverOptions { Limits = limits });
        using RawConnection connection = await RawConnection.OpenAsync((grpcPort ? receiver.Receiver.GrpcAddress : receiver.Receiver.HttpAddress)!);

        await connection.SendAsync(grpcPort ? [.. Http2Frames.Preface(), .. Http2Frames.UnfinishedHeaders()] : [.. "POST /v1/logs HTTP/1.1\r\nHost: a\r\n"u8]);

        Assert.DoesNotContain(" 200 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Empty(receiver.Payloads);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Idle_connections_are_closed(bool grpcPort)
    {
        var limits = new ReceiveLimits { IdleTimeout = TimeSpan.FromSeconds(1) };
        await using TestReceiver receiver = await TestReceiver.StartAsync(options: new ReceiverOptions { Limits = limits });
        using RawConnection connection = await RawConnection.OpenAsync((grpcPort ? receiver.Receiver.GrpcAddress : receiver.Receiver.HttpAddress)!);

        if (grpcPort)
        {
            await connection.SendAsync(Http2Frames.Preface());
        }

        Assert.DoesNotContain("HTTP/1.1", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static IPEndPoint Address(Uri uri) => new(IPAddress.Loopback, uri.Port);

    private long PeakMemory()
    {
        string peak = File.ReadLines($"/proc/{hop.Redactor.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], null) * 1024;
    }

    private async Task<GrpcReply> SendAsync(byte[] message, byte flag = 0)
    {
        using var client = new GrpcClient(hop.Redactor.Grpc);
        return await client.SendAsync(LogsMethod, GrpcClient.Frame(message, flag), ("grpc-encoding", "gzip"));
    }

    private async Task<HttpReply> PostAsync(byte[] body, string mediaType, params (string, string)[] headers)
    {
        using var client = new OtlpHttpClient(hop.Redactor.Http);
        return await client.PostAsync("/v1/logs", body, mediaType, headers);
    }

    private async Task AssertServesAsync()
    {
        byte[] message = HostileMessages.ManyAttributes(1);
        Assert.Equal(0, (await SendAsync(message)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(message, Protobuf)).Status);
    }
}
