namespace Redactor.Tests.Receive;

public class GrpcTransportTests
{
    [Theory]
    [InlineData("/opentelemetry.proto.collector.trace.v1.TraceService/Export", Signal.Traces)]
    [InlineData("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", Signal.Metrics)]
    [InlineData("/opentelemetry.proto.collector.logs.v1.LogsService/Export", Signal.Logs)]
    [InlineData("/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export", Signal.Profiles)]
    public async Task Each_service_hands_over_its_signal_and_answers_an_empty_message_with_status_0_in_the_trailers(string path, Signal signal)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new GrpcClient(receiver.Grpc);
        byte[] message = [1, 2, 3, 4];

        GrpcReply reply = await client.SendAsync(path, GrpcClient.Frame(message));

        Assert.Equal(0, reply.Status);
        Assert.False(reply.IsTrailersOnly);
        Assert.Equal("application/grpc", reply.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(GrpcClient.Frame([]), reply.Body);
        Payload payload = Assert.Single(receiver.Payloads);
        Assert.Equal(signal, payload.Signal);
        Assert.Equal(PayloadEncoding.Protobuf, payload.Encoding);
        Assert.Equal(message, payload.Bytes.ToArray());
    }
}
