using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Redactor.Forward;
using Redactor.Otlp;

namespace Redactor.Tests.Forward;

public sealed class OtlpHttpExporterTests
{
    private static readonly byte[] Message = TestPayload.Request("work").ToByteArray();

    [Theory]
    [InlineData("", Signal.Traces, "/v1/traces")]
    [InlineData("/api/public/otel", Signal.Traces, "/api/public/otel/v1/traces")]
    [InlineData("/otlp/", Signal.Logs, "/otlp/v1/logs")]
    [InlineData("", Signal.Metrics, "/v1/metrics")]
    [InlineData("", Signal.Profiles, "/v1development/profiles")]
    public async Task A_payload_arrives_as_the_very_same_bytes_behind_the_prefix(string prefix, Signal signal, string path)
    {
        await using var backend = await StubBackend.HttpAsync(StubBackend.HttpReply(200));
        using var exporter = Exporter(new Uri(backend.Address, prefix));

        Assert.Equal(ExportOutcome.Success, await exporter.ExportAsync(TestPayload.Of(Message, signal), default));

        var request = Assert.Single(backend.Requests);
        Assert.Equal(path, request.Path);
        Assert.Equal("application/x-protobuf", request.Headers["content-type"]);
        Assert.Equal(Message.Length.ToString(null, null), request.Headers["content-length"]);
        Assert.Equal(Message, request.Body);
    }

    [Fact]
    public async Task Json_stays_json_as_it_came()
    {
        await using var backend = await StubBackend.HttpAsync(StubBackend.HttpReply(200, "application/json", "{}"u8.ToArray()));
        using var exporter = Exporter(backend.Address);

        Assert.Equal(ExportOutcome.Success, await exporter.ExportAsync(TestPayload.Json("""{ "resourceSpans": [ ] }"""), default));

        var request = Assert.Single(backend.Requests);
        Assert.Equal("application/json", request.Headers["content-type"]);
        Assert.Equal("""{ "resourceSpans": [ ] }""", Encoding.UTF8.GetString(request.Body));
    }

    [Fact]
    public async Task A_compressed_body_inflates_to_the_payload_even_if_it_could_not_be_compressed()
    {
        var noise = RandomNumberGenerator.GetBytes(300_000);
        await using var backend = await StubBackend.HttpAsync(StubBackend.HttpReply(200));
        using var exporter = Exporter(backend.Address, o => o with { Gzip = true });

        await exporter.ExportAsync(TestPayload.Of(noise), default);

        var request = Assert.Single(backend.Requests);
        Assert.Equal("gzip", request.Headers["content-encoding"]);
        using var gzip = new GZipStream(new MemoryStream(request.Body), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        await gzip.CopyToAsync(inflated);
        Assert.Equal(noise, inflated.ToArray());
    }

    [Theory]
    [InlineData(429, "30", 30)]
    [InlineData(503, "7", 7)]
    [InlineData(502, null, null)]
    [InlineData(504, "soon", null)]
    [InlineData(503, "Fri, 01 Jan 1999 00:00:00 GMT", 0)]
    [InlineData(503, "86400", 3600)]
    public async Task A_retryable_status_and_its_wait_are_passed_on(int status, string? retryAfter, int? seconds)
    {
        var retryable = Assert.IsType<ExportOutcome.Retryable>(await OutcomeOf(StubBackend.HttpReply(status, retryAfter: retryAfter)));

        Assert.Equal(seconds, (int?)retryable.RetryAfter?.TotalSeconds);
        Assert.Equal($"otlphttp: HTTP status {status}", retryable.Message);
    }

    [Theory]
    [InlineData(400, Refusal.BackendRefused)]
    [InlineData(413, Refusal.BackendTooLarge)]
    [InlineData(500, Refusal.BackendRefused)]
    [InlineData(302, Refusal.BackendRefused)]
    [InlineData(401, Refusal.Unauthenticated)]
    [InlineData(403, Refusal.PermissionDenied)]
    [InlineData(404, Refusal.SignalNotSupported)]
    public async Task Any_other_status_is_a_refusal(int status, Refusal reason) =>
        Assert.Equal(reason, Assert.IsType<ExportOutcome.Refused>(await OutcomeOf(StubBackend.HttpReply(status))).Reason);

    [Fact]
    public async Task The_backends_message_is_passed_on_from_either_encoding_and_from_nothing_else()
    {
        var status = new Redactor.Otlp.Rpc.Status { Message = "bad span" }.ToByteArray();

        Assert.Equal("otlphttp: HTTP status 400: bad span", MessageOf(await OutcomeOf(StubBackend.HttpReply(400, body: status))));
        Assert.Equal("otlphttp: HTTP status 400: bad span", MessageOf(await OutcomeOf(StubBackend.HttpReply(400, "application/json", """{"message":"bad span"}"""u8.ToArray()))));
        Assert.Equal("otlphttp: HTTP status 400", MessageOf(await OutcomeOf(StubBackend.HttpReply(400, "text/html", "<h1>proxy</h1>"u8.ToArray()))));
        Assert.Equal("otlphttp: HTTP status 400", MessageOf(await OutcomeOf(StubBackend.HttpReply(400, "application/json", "{broken"u8.ToArray()))));
    }

    [Fact]
    public async Task A_partial_success_is_passed_on_from_either_encoding()
    {
        var answer = new ExportTraceServiceResponse { PartialSuccess = new ExportTracePartialSuccess { RejectedSpans = 2, ErrorMessage = "late" } };
        var expected = new ExportOutcome.PartialSuccess(2, "otlphttp: 2 rejected: late");

        Assert.Equal(expected, await OutcomeOf(StubBackend.HttpReply(200, body: answer.ToByteArray())));
        Assert.Equal(expected, await OutcomeOf(StubBackend.HttpReply(200, "application/json", """{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"late"}}"""u8.ToArray())));
        Assert.Equal(ExportOutcome.Success, await OutcomeOf(StubBackend.HttpReply(200, "application/json", """{"partialSuccess":{}}"""u8.ToArray())));
        Assert.Equal(ExportOutcome.Success, await OutcomeOf(StubBackend.HttpReply(200, body: [0xFF, 0xFF])));
    }

    [Fact]
    public async Task A_connection_that_breaks_asks_for_a_retry()
    {
        var outcome = await OutcomeOf(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.IsType<ExportOutcome.Retryable>(outcome);
    }

    [Fact]
    public async Task Tls_trusts_the_configured_authority_and_no_other()
    {
        using var certificate = SelfSigned("localhost");
        using var other = SelfSigned("localhost");
        await using var backend = await StubBackend.HttpAsync(StubBackend.HttpReply(200), listen => listen.UseHttps(certificate));

        Assert.Equal(ExportOutcome.Success, await ExportAsync(new BackendTls { Authorities = [certificate] }));
        Assert.Equal(ExportOutcome.Success, await ExportAsync(new BackendTls { SkipVerify = true }));
        Assert.Contains("no TLS connection", MessageOf(await ExportAsync(new BackendTls { Authorities = [other] })), StringComparison.Ordinal);
        Assert.Contains("no TLS connection", MessageOf(await ExportAsync(new BackendTls())), StringComparison.Ordinal);

        async Task<ExportOutcome> ExportAsync(BackendTls tls)
        {
            using var exporter = Exporter(backend.SecureAddress, o => o with { Tls = tls });
            return await exporter.ExportAsync(TestPayload.Of(Message), default);
        }
    }

    private static X509Certificate2 SelfSigned(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }

    private static string MessageOf(ExportOutcome outcome) => outcome switch
    {
        ExportOutcome.Refused refused => refused.Message ?? "",
        ExportOutcome.Retryable retryable => retryable.Message,
        _ => outcome.ToString()!,
    };

    private static async Task<ExportOutcome> OutcomeOf(RequestDelegate answer)
    {
        await using var backend = await StubBackend.HttpAsync(answer);
        using var exporter = Exporter(backend.Address);
        return await exporter.ExportAsync(TestPayload.Of(Message), default);
    }

    private static IExporter Exporter(Uri endpoint, Func<OtlpExporterOptions, OtlpExporterOptions>? change = null)
    {
        var options = new OtlpExporterOptions { Name = "otlphttp", Transport = OtlpTransport.Http, Endpoint = endpoint };
        return TestExporter.Create(change?.Invoke(options) ?? options);
    }
}
