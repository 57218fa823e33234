using System.Net;
using System.Net.Http.Headers;
using Redactor.Otlp;
using Redactor.Receive;

namespace Redactor.Tests.Receive;

public class GrpcTransportTests
{
    private static readonly byte[] Message = [0x0A, 0x04, 1, 2, 3, 4];

    [Theory]
    [InlineData("/opentelemetry.proto.collector.trace.v1.TraceService/Export", Signal.Traces)]
    [InlineData("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", Signal.Metrics)]
    [InlineData("/opentelemetry.proto.collector.logs.v1.LogsService/Export", Signal.Logs)]
    [InlineData("/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export", Signal.Profiles)]
    public async Task Each_service_hands_over_its_signal_and_answers_an_empty_message_with_status_0_in_the_trailers(string path, Signal signal)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new GrpcClient(receiver.Grpc);

        GrpcReply reply = await client.SendAsync(path, GrpcClient.Frame(Message));

        Assert.Equal(0, reply.Status);
        Assert.False(reply.IsTrailersOnly);
        Assert.Equal("application/grpc", reply.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(GrpcClient.Frame([]), reply.Body);
        Payload payload = Assert.Single(receiver.Payloads);
        Assert.Equal(signal, payload.Signal);
        Assert.Equal(PayloadEncoding.Protobuf, payload.Encoding);
        Assert.Equal(Message, payload.Bytes.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData(5 * 1024 * 1024)]
    public async Task A_message_of_any_size_arrives_whole(int size)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new GrpcClient(receiver.Grpc);
        byte[] message = Sample.Bytes(size);

        GrpcReply reply = await client.SendAsync(GrpcClient.Frame(message));

        Assert.Equal(0, reply.Status);
        Assert.Equal(message, Assert.Single(receiver.Payloads).Bytes.ToArray());
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
    }

    [Fact]
    public async Task A_compressed_message_is_inflated()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new GrpcClient(receiver.Grpc);
        byte[] message = Sample.Bytes(100_000);

        GrpcReply reply = await client.SendAsync(GrpcClient.Frame(Sample.Gzip(message), flag: 1), ("grpc-encoding", "gzip"));

        Assert.Equal(0, reply.Status);
        Assert.Equal(message, Assert.Single(receiver.Payloads).Bytes.ToArray());
    }

    [Fact]
    public async Task A_call_that_may_compress_need_not()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new GrpcClient(receiver.Grpc);

        GrpcReply reply = await client.SendAsync(GrpcClient.Frame(Message, flag: 0), ("grpc-encoding", "gzip"));

        Assert.Equal(0, reply.Status);
        Assert.Equal(Message, Assert.Single(receiver.Payloads).Bytes.ToArray());
    }

    [Fact]
    public async Task An_unknown_compression_is_unimplemented_and_the_known_ones_are_named()
    {
        GrpcReply reply = await RefusedAsync(Refusal.UnsupportedCompression, GrpcClient.Frame(Message, flag: 1), ("grpc-encoding", "zstd"));

        Assert.Equal((int)GrpcStatusCode.Unimplemented, reply.Status);
        Assert.Equal("gzip, identity", reply.Header("grpc-accept-encoding"));
    }

    [Fact]
    public async Task A_compressed_message_without_a_named_compression_is_an_invalid_argument() =>
        Assert.Equal((int)GrpcStatusCode.InvalidArgument, (await RefusedAsync(Refusal.BadFrame, GrpcClient.Frame(Sample.Gzip(Message), flag: 1))).Status);

    [Fact]
    public async Task A_flag_that_gRPC_does_not_know_is_an_invalid_argument() =>
        Assert.Equal((int)GrpcStatusCode.InvalidArgument, (await RefusedAsync(Refusal.BadFrame, GrpcClient.Frame(Message, flag: 2), ("grpc-encoding", "gzip"))).Status);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(10)]
    public async Task A_truncated_message_is_refused_as_invalid_argument(int length) =>
        Assert.Equal((int)GrpcStatusCode.InvalidArgument, (await RefusedAsync(Refusal.Truncated, GrpcClient.Frame(Message)[..length])).Status);

    [Fact]
    public async Task A_second_message_is_refused_as_unimplemented() =>
        Assert.Equal((int)GrpcStatusCode.Unimplemented, (await RefusedAsync(Refusal.ExtraMessage, [.. GrpcClient.Frame(Message), .. GrpcClient.Frame(Message)])).Status);

    [Fact]
    public async Task Bytes_behind_the_message_are_refused_as_unimplemented() =>
        Assert.Equal((int)GrpcStatusCode.Unimplemented, (await RefusedAsync(Refusal.ExtraMessage, [.. GrpcClient.Frame(Message), 0])).Status);

    [Fact]
    public async Task A_length_of_4_GiB_is_refused_as_resource_exhausted() =>
        Assert.Equal((int)GrpcStatusCode.ResourceExhausted, (await RefusedAsync(Refusal.TooLarge, [0, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3])).Status);

    [Fact]
    public async Task Gzip_that_is_none_is_refused_as_internal() =>
        Assert.Equal((int)GrpcStatusCode.Internal, (await RefusedAsync(Refusal.BrokenGzip, GrpcClient.Frame(Sample.Bytes(64), flag: 1), ("grpc-encoding", "gzip"))).Status);

    [Fact]
    public async Task An_unknown_service_is_unimplemented()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new GrpcClient(receiver.Grpc);

        GrpcReply reply = await client.SendAsync("/opentelemetry.proto.collector.trace.v1.TraceService/Import", GrpcClient.Frame(Message));

        Assert.Equal((int)GrpcStatusCode.Unimplemented, reply.Status);
        Assert.True(reply.IsTrailersOnly);
        Assert.Empty(receiver.Payloads);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc+json")]
    [InlineData("application/grpc-web")]
    [InlineData(null)]
    public async Task A_content_type_other_than_gRPC_is_answered_with_HTTP_415(string? contentType)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new GrpcClient(receiver.Grpc);
        using HttpRequestMessage request = GrpcClient.Request(receiver.Grpc, GrpcClient.TracesPath, new ByteArrayContent(GrpcClient.Frame(Message)));
        request.Content!.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using HttpResponseMessage response = await client.SendRawAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Empty(receiver.Payloads);
    }

    [Theory]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc; charset=utf-8")]
    public async Task Other_spellings_of_the_content_type_are_taken(string contentType)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new GrpcClient(receiver.Grpc);
        using HttpRequestMessage request = GrpcClient.Request(receiver.Grpc, GrpcClient.TracesPath, new ByteArrayContent(GrpcClient.Frame(Message)));
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        Assert.Equal(0, (await client.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_partial_success_is_told_in_the_message()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(new ExportOutcome.PartialSuccess(3, "3 spans were too long"));
        using var client = new GrpcClient(receiver.Grpc);

        GrpcReply reply = await client.SendAsync(GrpcClient.Frame(Message));

        Assert.Equal(0, reply.Status);
        Assert.Equal(GrpcClient.Frame(reply.Body.AsSpan(5)), reply.Body);
        ExportTracePartialSuccess partial = ExportTraceServiceResponse.Parser.ParseFrom(reply.Body, 5, reply.Body.Length - 5).PartialSuccess;
        Assert.Equal(3, partial.RejectedSpans);
        Assert.Equal("3 spans were too long", partial.ErrorMessage);
    }

    [Fact]
    public async Task A_message_beyond_ASCII_is_percent_encoded()
    {
        const string message = "später: 100 % voll\r\n\u2014";
        await using TestReceiver receiver = await TestReceiver.StartAsync(new ExportOutcome.Retryable(message));
        using var client = new GrpcClient(receiver.Grpc);

        GrpcReply reply = await client.SendAsync(GrpcClient.Frame(Message));

        Assert.Equal((int)GrpcStatusCode.Unavailable, reply.Status);
        Assert.Equal(message, reply.Message);
        Assert.Null(reply.Header("grpc-status-details-bin"));
    }

    [Fact]
    public async Task A_deadline_cancels_the_export_and_is_answered_as_deadline_exceeded()
    {
        var cancelled = new TaskCompletionSource();
        await using TestReceiver receiver = await TestReceiver.StartAsync(async (_, cancellation) =>
        {
            cancellation.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, cancellation);
            return ExportOutcome.Success;
        });
        using var client = new GrpcClient(receiver.Grpc);

        GrpcReply reply = await client.SendAsync(GrpcClient.Frame(Message), ("grpc-timeout", "100m"));

        await cancelled.Task;
        Assert.Equal((int)GrpcStatusCode.DeadlineExceeded, reply.Status);
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("123456789S")]
    [InlineData("-5S")]
    public async Task A_malformed_deadline_is_an_invalid_argument(string timeout) =>
        Assert.Equal((int)GrpcStatusCode.InvalidArgument, (await RefusedAsync(Refusal.MalformedHeader, GrpcClient.Frame(Message), ("grpc-timeout", timeout))).Status);

    /// <summary>Sends what must be refused before it reaches the export function, and checks what all such answers have in common.</summary>
    private static async Task<GrpcReply> RefusedAsync(Refusal reason, byte[] body, params (string Name, string Value)[] headers)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new GrpcClient(receiver.Grpc);

        GrpcReply reply = await client.SendAsync(body, headers);

        Assert.Equal(HttpStatusCode.OK, reply.Response.StatusCode);
        Assert.True(reply.IsTrailersOnly);
        Assert.Equal([reason], receiver.Refusals);
        Assert.Equal(RefusalTable.Of(reason).Message, reply.Message);
        Assert.Empty(reply.Body);
        Assert.Empty(receiver.Payloads);
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
        return reply;
    }
}
