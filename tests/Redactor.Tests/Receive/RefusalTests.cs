using System.Net;
using System.Text;
using System.Text.Json;
using Redactor.Otlp.Rpc;
using Redactor.Receive;

namespace Redactor.Tests.Receive;

/// <summary>Every row of the refusal table, on both transports.</summary>
public class RefusalTests
{
    /// <summary>Stands in every request; must stand in no answer.</summary>
    private const string Canary = "canary-7b1d";

    private static readonly byte[] Message = Encoding.UTF8.GetBytes("\n\u000b" + Canary);

    /// <summary>The codes after which a client of OTLP/gRPC may try again, besides RESOURCE_EXHAUSTED with a delay.</summary>
    private static readonly GrpcStatusCode[] RetryableCodes =
    [
        GrpcStatusCode.Cancelled, GrpcStatusCode.DeadlineExceeded, GrpcStatusCode.Aborted,
        GrpcStatusCode.OutOfRange, GrpcStatusCode.Unavailable, GrpcStatusCode.DataLoss,
    ];

    private static readonly int[] RetryableStatuses = [429, 502, 503, 504];

    public static TheoryData<Refusal> All => [.. Enum.GetValues<Refusal>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Each_has_a_helpful_message_and_codes_that_both_mean_the_same_to_a_client_that_might_retry(Refusal refusal)
    {
        RefusalStatus status = RefusalTable.Of(refusal);

        Assert.InRange(status.Message.Length, 10, ErrorAnswer.MaxMessageLength);
        Assert.InRange(status.Http, 400, 599);
        Assert.Equal(status.Retryable, RetryableCodes.Contains(status.Grpc));
        Assert.Equal(status.Retryable, RetryableStatuses.Contains(status.Http));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_is_told_over_gRPC_without_a_body_and_with_RetryInfo_where_a_retry_may_help(Refusal refusal)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(new ExportOutcome.Refused(refusal));
        using var client = new GrpcClient(receiver.Grpc);
        RefusalStatus expected = RefusalTable.Of(refusal);

        GrpcReply reply = await client.SendAsync(GrpcClient.Frame(Message), ("authorization", Canary));

        Assert.True(reply.IsTrailersOnly);
        Assert.Empty(reply.Body);
        Assert.Equal((int)expected.Grpc, reply.Status);
        Assert.Equal(expected.Message, reply.Message);
        Assert.DoesNotContain(Canary, reply.Response.ToString(), StringComparison.Ordinal);
        string? details = reply.Header("grpc-status-details-bin");
        Assert.Equal(expected.Retryable, details is not null);
        if (details is not null)
        {
            AssertRetry(Status.Parser.ParseFrom(Decode(details)), expected, TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_is_told_over_HTTP_as_a_protobuf_status_with_RetryAfter_where_a_retry_may_help(Refusal refusal)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(new ExportOutcome.Refused(refusal));
        using var client = new OtlpHttpClient(receiver.Http);
        RefusalStatus expected = RefusalTable.Of(refusal);

        HttpReply reply = await client.PostAsync("/v1/logs", Message, "application/x-protobuf", ("authorization", Canary));

        Assert.Equal((HttpStatusCode)expected.Http, reply.Status);
        Assert.Equal("application/x-protobuf", reply.ContentType);
        Assert.Equal(expected.Retryable ? "1" : null, reply.Header("retry-after"));
        Assert.DoesNotContain(Canary, reply.Response + Encoding.UTF8.GetString(reply.Body), StringComparison.Ordinal);
        Status status = Status.Parser.ParseFrom(reply.Body);
        Assert.Equal((int)expected.Grpc, status.Code);
        Assert.Equal(expected.Message, status.Message);
        if (expected.Retryable)
        {
            AssertRetry(status, expected, TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_is_told_over_HTTP_as_a_JSON_status_to_a_sender_of_JSON(Refusal refusal)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(new ExportOutcome.Refused(refusal));
        using var client = new OtlpHttpClient(receiver.Http);
        RefusalStatus expected = RefusalTable.Of(refusal);

        HttpReply reply = await client.PostAsync("/v1/logs", Message, "application/json");

        Assert.Equal((HttpStatusCode)expected.Http, reply.Status);
        Assert.Equal("application/json", reply.ContentType);
        Assert.DoesNotContain(Canary, Encoding.UTF8.GetString(reply.Body), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(reply.Body);
        Assert.Equal((int)expected.Grpc, json.RootElement.GetProperty("code").GetInt32());
        Assert.Equal(expected.Message, json.RootElement.GetProperty("message").GetString());
        Assert.Equal(expected.Retryable, json.RootElement.TryGetProperty("details", out JsonElement details));
        if (expected.Retryable)
        {
            Assert.Equal("type.googleapis.com/google.rpc.RetryInfo", details[0].GetProperty("@type").GetString());
            Assert.Equal("1s", details[0].GetProperty("retryDelay").GetString());
        }
    }

    [Fact]
    public async Task The_delay_that_a_backend_asks_for_is_passed_on_and_rounded_up_to_seconds_over_HTTP()
    {
        var delay = TimeSpan.FromMilliseconds(2500);
        await using TestReceiver receiver = await TestReceiver.StartAsync(new ExportOutcome.Retryable("busy", delay));
        using var grpc = new GrpcClient(receiver.Grpc);
        using var http = new OtlpHttpClient(receiver.Http);

        GrpcReply grpcReply = await grpc.SendAsync(GrpcClient.Frame(Message));
        HttpReply httpReply = await http.PostAsync("/v1/logs", Message, "application/x-protobuf");

        RefusalStatus expected = RefusalTable.Of(Refusal.BackendUnavailable) with { Message = "busy" };
        Assert.Equal((int)expected.Grpc, grpcReply.Status);
        AssertRetry(Status.Parser.ParseFrom(Decode(grpcReply.Header("grpc-status-details-bin")!)), expected, delay);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, httpReply.Status);
        Assert.Equal("3", httpReply.Header("retry-after"));
    }

    [Fact]
    public async Task A_message_of_a_backend_is_passed_on_and_cut_where_headers_would_grow_too_large()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(new ExportOutcome.Refused(Refusal.BackendRefused, new string('x', 100_000)));
        using var client = new GrpcClient(receiver.Grpc);

        GrpcReply reply = await client.SendAsync(GrpcClient.Frame(Message));

        Assert.Equal(new string('x', ErrorAnswer.MaxMessageLength), reply.Message);
    }

    [Fact]
    public async Task An_exception_becomes_an_internal_error_that_quotes_nothing_anywhere()
    {
        var log = new RecordingLogger();
        await using TestReceiver receiver = await TestReceiver.StartAsync((_, _) => throw new InvalidOperationException(Canary), logger: log);
        using var client = new GrpcClient(receiver.Grpc);

        GrpcReply reply = await client.SendAsync(GrpcClient.Frame(Message));

        Assert.Equal((int)GrpcStatusCode.Internal, reply.Status);
        Assert.Equal(RefusalTable.Of(Refusal.Internal).Message, reply.Message);
        string line = Assert.Single(log.Lines);
        Assert.Contains(typeof(InvalidOperationException).FullName!, line, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, line, StringComparison.Ordinal);
    }

    private static void AssertRetry(Status status, RefusalStatus expected, TimeSpan delay)
    {
        Assert.Equal((int)expected.Grpc, status.Code);
        Assert.Equal(expected.Message, status.Message);
        Assert.Equal(delay, Assert.Single(status.Details).Unpack<RetryInfo>().RetryDelay.ToTimeSpan());
    }

    /// <summary>Base64 as gRPC has it, with or without padding.</summary>
    private static byte[] Decode(string base64) => Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
}
