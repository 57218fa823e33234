using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Redactor.Forward;
using Redactor.Otlp;
using Redactor.Otlp.Rpc;

namespace Redactor.Tests.Forward;

// One test counts what the whole process allocates.
[Collection(nameof(Receive.AllocationTests))]
public sealed class OtlpGrpcExporterTests
{
    private static readonly byte[] Message = TestPayload.Request("work").ToByteArray();

    [Theory]
    [InlineData(Signal.Traces, "/opentelemetry.proto.collector.trace.v1.TraceService/Export")]
    [InlineData(Signal.Metrics, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")]
    [InlineData(Signal.Logs, "/opentelemetry.proto.collector.logs.v1.LogsService/Export")]
    [InlineData(Signal.Profiles, "/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export")]
    public async Task A_payload_arrives_as_the_very_same_bytes_at_its_signals_method(Signal signal, string path)
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        using var exporter = Exporter(backend);

        Assert.Equal(ExportOutcome.Success, await exporter.ExportAsync(TestPayload.Of(Message, signal), default));

        var request = Assert.Single(backend.Requests);
        Assert.Equal(path, request.Path);
        Assert.Equal("application/grpc", request.Headers["content-type"]);
        Assert.Equal("trailers", request.Headers["te"]);
        Assert.Equal("5000m", request.Headers["grpc-timeout"]);
        Assert.Equal(Message, Unframed(request.Body, flag: 0));
    }

    [Fact]
    public async Task A_compressed_message_inflates_to_the_payload()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        using var exporter = Exporter(backend, o => o with { Gzip = true });

        await exporter.ExportAsync(TestPayload.Of(Message), default);

        var request = Assert.Single(backend.Requests);
        Assert.Equal("gzip", request.Headers["grpc-encoding"]);
        using var gzip = new GZipStream(new MemoryStream(Unframed(request.Body, flag: 1)), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        await gzip.CopyToAsync(inflated);
        Assert.Equal(Message, inflated.ToArray());
    }

    [Fact]
    public async Task A_json_payload_becomes_protobuf()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        using var exporter = Exporter(backend);

        await exporter.ExportAsync(TestPayload.Json("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"x","spanId":"ABCD030405060708"}]}]}]}"""), default);

        var span = ExportTraceServiceRequest.Parser.ParseFrom(Unframed(Assert.Single(backend.Requests).Body, flag: 0)).ResourceSpans[0].ScopeSpans[0].Spans[0];
        Assert.Equal(("x", "abcd030405060708"), (span.Name, Convert.ToHexStringLower(span.SpanId.Span)));
    }

    [Fact]
    public async Task Json_that_is_no_otlp_request_is_refused_and_not_sent()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        using var exporter = Exporter(backend);

        var outcome = await exporter.ExportAsync(TestPayload.Json("""{"resourceSpans":"nonsense"}"""), default);

        var refused = Assert.IsType<ExportOutcome.Refused>(outcome);
        Assert.Equal(Refusal.Malformed, refused.Reason);
        Assert.DoesNotContain("nonsense", refused.Message, StringComparison.Ordinal);
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData(GrpcStatusCode.Cancelled)]
    [InlineData(GrpcStatusCode.DeadlineExceeded)]
    [InlineData(GrpcStatusCode.Aborted)]
    [InlineData(GrpcStatusCode.OutOfRange)]
    [InlineData(GrpcStatusCode.Unavailable)]
    [InlineData(GrpcStatusCode.DataLoss)]
    public async Task A_retryable_status_asks_the_sender_to_retry(GrpcStatusCode code)
    {
        var retryable = Assert.IsType<ExportOutcome.Retryable>(await OutcomeOf(StubBackend.GrpcAnswer(code, "später")));

        Assert.Equal($"otlp: gRPC status {code}: später", retryable.Message);
        Assert.Null(retryable.RetryAfter);
    }

    [Theory]
    [InlineData(GrpcStatusCode.InvalidArgument, Refusal.BackendRefused)]
    [InlineData(GrpcStatusCode.ResourceExhausted, Refusal.BackendRefused)]
    [InlineData(GrpcStatusCode.Internal, Refusal.BackendRefused)]
    [InlineData(GrpcStatusCode.Unauthenticated, Refusal.Unauthenticated)]
    [InlineData(GrpcStatusCode.PermissionDenied, Refusal.PermissionDenied)]
    [InlineData(GrpcStatusCode.Unimplemented, Refusal.SignalNotSupported)]
    public async Task Any_other_status_is_a_refusal(GrpcStatusCode code, Refusal reason) =>
        Assert.Equal(reason, Assert.IsType<ExportOutcome.Refused>(await OutcomeOf(StubBackend.GrpcAnswer(code))).Reason);

    [Theory]
    [InlineData(GrpcStatusCode.ResourceExhausted, 7, 7)]
    [InlineData(GrpcStatusCode.Unavailable, 100_000, 3600)]
    public async Task The_backends_wait_is_passed_on_within_reason(GrpcStatusCode code, int asked, int expected)
    {
        var status = new Redactor.Otlp.Rpc.Status { Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(asked)) }) } };
        var details = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');

        var retryable = Assert.IsType<ExportOutcome.Retryable>(await OutcomeOf(StubBackend.GrpcAnswer(code, details: details)));

        Assert.Equal(TimeSpan.FromSeconds(expected), retryable.RetryAfter);
    }

    [Fact]
    public async Task Unreadable_details_leave_the_status()
    {
        Assert.IsType<ExportOutcome.Retryable>(await OutcomeOf(StubBackend.GrpcAnswer(GrpcStatusCode.Unavailable, details: "%%%")));
    }

    [Fact]
    public async Task A_partial_success_is_passed_on()
    {
        var answer = new ExportTraceServiceResponse { PartialSuccess = new ExportTracePartialSuccess { RejectedSpans = 3, ErrorMessage = "too old" } };

        var outcome = await OutcomeOf(StubBackend.GrpcAnswer(GrpcStatusCode.Ok, body: answer.ToByteArray()));

        Assert.Equal(new ExportOutcome.PartialSuccess(3, "otlp: 3 rejected: too old"), outcome);
    }

    [Theory]
    [InlineData(503, true)]
    [InlineData(429, true)]
    [InlineData(404, false)]
    [InlineData(200, false)]
    public async Task An_answer_that_is_not_grpc_is_judged_by_its_http_status(int status, bool retryable)
    {
        var outcome = await OutcomeOf(StubBackend.HttpReply(status, "text/html"));

        Assert.Equal(retryable, outcome is ExportOutcome.Retryable);
        Assert.Equal(!retryable, outcome is ExportOutcome.Refused);
    }

    [Fact]
    public async Task A_backend_that_is_not_there_asks_for_a_retry()
    {
        var gone = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        using var exporter = Exporter(gone);
        await gone.DisposeAsync();

        var retryable = Assert.IsType<ExportOutcome.Retryable>(await exporter.ExportAsync(TestPayload.Of(Message), default));

        Assert.Equal("otlp: can't be reached", retryable.Message);
    }

    [Fact]
    public async Task A_hanging_backend_asks_for_a_retry_when_the_time_is_up()
    {
        await using var backend = await StubBackend.GrpcAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted), readBody: false);
        using var exporter = Exporter(backend, o => o with { Timeout = TimeSpan.FromMilliseconds(200) });

        var retryable = Assert.IsType<ExportOutcome.Retryable>(await exporter.ExportAsync(TestPayload.Of(new byte[8 * 1024 * 1024]), default));

        Assert.Equal("otlp: no answer within 0.2 s", retryable.Message);
    }

    [Fact]
    public async Task A_sender_that_gives_up_ends_the_export()
    {
        using var senderGone = new CancellationTokenSource();
        await using var backend = await StubBackend.GrpcAsync(
            async context =>
            {
                await senderGone.CancelAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            },
            readBody: false);
        using var exporter = Exporter(backend);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exporter.ExportAsync(TestPayload.Of(Message), senderGone.Token));
    }

    [Fact]
    public async Task Configured_headers_go_along_and_the_senders_replace_them_where_that_is_configured()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        using var exporter = Exporter(backend, o => o with
        {
            Headers = [new("X-Tenant", "ours"), new("x-api-key", "ours")],
            ForwardHeaders = ["x-api-key"],
        });

        await exporter.ExportAsync(TestPayload.Of(Message, origin: new Origin([new("x-api-key", "senders"), new("cookie", "never")])), default);

        var headers = Assert.Single(backend.Requests).Headers;
        Assert.Equal("ours", headers["x-tenant"]);
        Assert.Equal("senders", headers["x-api-key"]);
        Assert.False(headers.ContainsKey("cookie"));
    }

    [Fact]
    public async Task A_backend_that_quotes_our_credentials_does_not_leak_them()
    {
        var token = "t" + new string('k', 20);
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Unauthenticated, $"unknown token {token}\nline"));
        using var exporter = Exporter(backend, o => o with { Headers = [new("authorization", "Bearer " + token)] });

        var refused = Assert.IsType<ExportOutcome.Refused>(await exporter.ExportAsync(TestPayload.Of(Message), default));

        Assert.Equal("otlp: gRPC status Unauthenticated: unknown token [REDACTED] line", refused.Message);
    }

    [Fact]
    public async Task Allocation_does_not_grow_with_the_payload()
    {
        await using var backend = await StubBackend.GrpcAsync(
            async context =>
            {
                for (var read = await context.Request.BodyReader.ReadAsync(); ; read = await context.Request.BodyReader.ReadAsync())
                {
                    context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                    if (read.IsCompleted)
                    {
                        break;
                    }
                }

                await StubBackend.GrpcAnswer(GrpcStatusCode.Ok)(context);
            },
            readBody: false);
        using var exporter = Exporter(backend);
        var small = TestPayload.Of(new byte[1024]);
        var large = TestPayload.Of(new byte[4 * 1024 * 1024]);
        await AllocatedAsync(exporter, large, 20);

        var perLarge = await AllocatedAsync(exporter, large, 20) / 20;

        // Both ends run in this process and frames cost a little each; a copy would cost 4 MiB.
        Assert.True(perLarge < 1024 * 1024, $"{perLarge} bytes for an export of 4 MiB");
        Assert.True(await AllocatedAsync(exporter, small, 20) / 20 < 256 * 1024);
    }

    private static async Task<long> AllocatedAsync(IExporter exporter, RedactedPayload payload, int times)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(ExportOutcome.Success, await exporter.ExportAsync(payload, default));
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    [Theory]
    [InlineData(GrpcStatusCode.ResourceExhausted, "grpc: received message larger than max (6 vs. 4)")]
    [InlineData(GrpcStatusCode.ResourceExhausted, "gRPC message exceeds maximum size 4: 6")]
    [InlineData(GrpcStatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.")]
    [InlineData(GrpcStatusCode.OutOfRange, "Error, message length too large: found 6 bytes, the limit is: 4 bytes")]
    public async Task A_message_that_the_backend_calls_too_large_is_told_apart_from_a_quota(GrpcStatusCode code, string text)
    {
        var refused = Assert.IsType<ExportOutcome.Refused>(await OutcomeOf(StubBackend.GrpcAnswer(code, text)));

        Assert.Equal(Refusal.BackendTooLarge, refused.Reason);
    }

    private static async Task<ExportOutcome> OutcomeOf(Microsoft.AspNetCore.Http.RequestDelegate answer)
    {
        await using var backend = await StubBackend.GrpcAsync(answer);
        using var exporter = Exporter(backend);
        return await exporter.ExportAsync(TestPayload.Of(Message), default);
    }

    private static IExporter Exporter(StubBackend backend, Func<OtlpExporterOptions, OtlpExporterOptions>? change = null)
    {
        var options = new OtlpExporterOptions { Name = "otlp", Transport = OtlpTransport.Grpc, Endpoint = backend.Address };
        return TestExporter.Create(change?.Invoke(options) ?? options);
    }

    private static byte[] Unframed(byte[] body, byte flag)
    {
        Assert.Equal(flag, body[0]);
        Assert.Equal(body.Length - 5, BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1)));
        return body[5..];
    }
}
