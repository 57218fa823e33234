using System.Net;
using System.Text;
using System.Text.Json;
using Redactor.Otlp;
using Redactor.Receive;

namespace Redactor.Tests.Receive;

public class HttpTransportTests
{
    private static readonly byte[] Message = [0x0A, 0x04, 1, 2, 3, 4];

    [Theory]
    [InlineData("/v1/traces", Signal.Traces)]
    [InlineData("/v1/metrics", Signal.Metrics)]
    [InlineData("/v1/logs", Signal.Logs)]
    [InlineData("/v1development/profiles", Signal.Profiles)]
    [InlineData("/api/public/otel/v1/traces", Signal.Traces)]
    [InlineData("/otlp/v1/logs", Signal.Logs)]
    [InlineData("/a%20b/v1/metrics?tenant=1", Signal.Metrics)]
    public async Task Each_path_hands_over_its_signal_behind_any_prefix(string path, Signal signal)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new OtlpHttpClient(receiver.Http);

        HttpReply reply = await client.PostAsync(path, Message, "application/x-protobuf");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("application/x-protobuf", reply.ContentType);
        Assert.Empty(reply.Body);
        Payload payload = Assert.Single(receiver.Payloads);
        Assert.Equal(signal, payload.Signal);
        Assert.Equal(PayloadEncoding.Protobuf, payload.Encoding);
        Assert.Equal(Message, payload.Bytes.ToArray());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=\"UTF-8\"")]
    public async Task JSON_is_answered_by_JSON(string contentType)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new OtlpHttpClient(receiver.Http);

        HttpReply reply = await client.PostAsync("/v1/traces", "{\"resourceSpans\":[]}"u8.ToArray(), contentType);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("application/json", reply.ContentType);
        Assert.Equal("{}", Encoding.UTF8.GetString(reply.Body));
        Assert.Equal(PayloadEncoding.Json, Assert.Single(receiver.Payloads).Encoding);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-ndjson")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/grpc")]
    [InlineData(null)]
    public async Task Another_content_type_is_unsupported(string? contentType)
    {
        HttpReply reply = await RefusedAsync(Refusal.WrongContentType, client => client.PostAsync("/v1/traces", Message, contentType));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.Status);
        Assert.Contains("application/x-protobuf", JsonMessage(reply), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData(5 * 1024 * 1024)]
    public async Task A_chunked_body_of_any_size_arrives_whole(int size)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new OtlpHttpClient(receiver.Http);
        byte[] message = Sample.Bytes(size);

        HttpReply reply = await client.SendAsync(
            HttpMethod.Post, "/v1/traces", new StreamContent(new MemoryStream(message)), "application/x-protobuf", ("transfer-encoding", "chunked"));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(message, Assert.Single(receiver.Payloads).Bytes.ToArray());
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    public async Task A_compressed_body_is_inflated(string coding)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new OtlpHttpClient(receiver.Http);
        byte[] message = Sample.Bytes(3_000_000);

        HttpReply reply = await client.PostAsync("/v1/traces", Sample.Gzip(message), "application/x-protobuf", ("content-encoding", coding));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(message, Assert.Single(receiver.Payloads).Bytes.ToArray());
    }

    [Fact]
    public async Task The_coding_identity_changes_nothing()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new OtlpHttpClient(receiver.Http);

        HttpReply reply = await client.PostAsync("/v1/traces", Message, "application/x-protobuf", ("content-encoding", "identity"));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(Message, Assert.Single(receiver.Payloads).Bytes.ToArray());
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    public async Task Another_compression_is_unsupported_and_the_known_ones_are_named(string coding)
    {
        HttpReply reply = await RefusedAsync(Refusal.UnsupportedCompression, client => client.PostAsync("/v1/traces", Message, "application/x-protobuf", ("content-encoding", coding)));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.Status);
        Assert.Equal("application/x-protobuf", reply.ContentType);
        Assert.Equal("gzip, identity", reply.Header("accept-encoding"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/trace")]
    [InlineData("/v1/traces/")]
    [InlineData("/apiv1/traces")]
    [InlineData("/v2/logs")]
    [InlineData("/v1/profiles")]
    public async Task Another_path_is_not_found_and_the_right_ones_are_named(string path)
    {
        HttpReply reply = await RefusedAsync(Refusal.UnknownPath, client => client.PostAsync(path, Message, "application/json"));

        Assert.Equal(HttpStatusCode.NotFound, reply.Status);
        Assert.Contains("/v1/traces", JsonMessage(reply), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/v1/traces", "POST")]
    [InlineData("PUT", "/v1/logs", "POST")]
    [InlineData("HEAD", "/v1/metrics", "POST")]
    [InlineData("OPTIONS", "/v1/metrics", "POST")]
    [InlineData("POST", "/info", "GET")]
    public async Task Another_method_is_not_allowed_and_the_right_one_is_named(string method, string path, string allowed)
    {
        HttpReply reply = await RefusedAsync(Refusal.WrongHttpMethod, client => client.SendAsync(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.Status);
        Assert.Equal(allowed, reply.Header("allow"));
        Assert.Equal(method == "HEAD", reply.Body.Length == 0);
    }

    [Theory]
    [InlineData("/info")]
    [InlineData("/otel/info")]
    public async Task Info_says_what_this_is(string path)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new OtlpHttpClient(receiver.Http);

        HttpReply reply = await client.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("application/json", reply.ContentType);
        using JsonDocument json = JsonDocument.Parse(reply.Body);
        Assert.Equal("redactor", json.RootElement.GetProperty("name").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+$", json.RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public async Task A_partial_success_is_told_in_protobuf()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(new ExportOutcome.PartialSuccess(3, "too long"));
        using var client = new OtlpHttpClient(receiver.Http);

        HttpReply reply = await client.PostAsync("/v1/metrics", Message, "application/x-protobuf");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        ExportMetricsPartialSuccess partial = ExportMetricsServiceResponse.Parser.ParseFrom(reply.Body).PartialSuccess;
        Assert.Equal(3, partial.RejectedDataPoints);
        Assert.Equal("too long", partial.ErrorMessage);
    }

    [Theory]
    [InlineData("/v1/traces", "rejectedSpans")]
    [InlineData("/v1/metrics", "rejectedDataPoints")]
    [InlineData("/v1/logs", "rejectedLogRecords")]
    [InlineData("/v1development/profiles", "rejectedProfiles")]
    public async Task A_partial_success_is_told_in_JSON_under_the_name_of_the_signal(string path, string name)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(new ExportOutcome.PartialSuccess(3, "too long"));
        using var client = new OtlpHttpClient(receiver.Http);

        HttpReply reply = await client.PostAsync(path, "{}"u8.ToArray(), "application/json");

        using JsonDocument json = JsonDocument.Parse(reply.Body);
        JsonElement partial = json.RootElement.GetProperty("partialSuccess");
        Assert.Equal("3", partial.GetProperty(name).GetString());
        Assert.Equal("too long", partial.GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task Only_the_configured_headers_are_kept_in_lower_case()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync(options: new ReceiverOptions { PassOnHeaders = ["Authorization", "x-scope-orgid", "X-Absent"] });
        using var client = new OtlpHttpClient(receiver.Http);

        await client.PostAsync("/v1/logs", Message, "application/x-protobuf", ("AUTHORIZATION", "Basic e30="), ("X-Scope-OrgID", "a"), ("x-api-key", "b"));

        Assert.Equal(
            [new("authorization", "Basic e30="), new("x-scope-orgid", "a")],
            Assert.Single(receiver.Payloads).Origin.Headers);
    }

    [Fact]
    public async Task Without_configuration_no_header_is_kept()
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new OtlpHttpClient(receiver.Http);

        await client.PostAsync("/v1/logs", Message, "application/x-protobuf", ("authorization", "Basic e30="));

        Assert.Same(Origin.None, Assert.Single(receiver.Payloads).Origin);
    }

    private static string JsonMessage(HttpReply reply)
    {
        using JsonDocument json = JsonDocument.Parse(reply.Body);
        return json.RootElement.GetProperty("message").GetString()!;
    }

    /// <summary>Sends what must be refused before it reaches the export function.</summary>
    private static async Task<HttpReply> RefusedAsync(Refusal reason, Func<OtlpHttpClient, Task<HttpReply>> send)
    {
        await using TestReceiver receiver = await TestReceiver.StartAsync();
        using var client = new OtlpHttpClient(receiver.Http);

        HttpReply reply = await send(client);

        Assert.Equal([reason], receiver.Refusals);
        Assert.Empty(receiver.Payloads);
        Assert.Equal(0, receiver.Receiver.BytesInFlight);
        return reply;
    }
}
