using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Cli;
using Redactor.Configuration;
using Redactor.Forward;
using Redactor.Listen;
using Redactor.Otlp;
using Redactor.Receive;
using Redactor.Rules;
using Redactor.Tests.Forward;
using Redactor.Tests.Receive;
using Redactor.Tests.Telemetry;

namespace Redactor.Tests.Cli;

/// <summary>The whole program but the process: real requests in, a real backend behind.</summary>
[Collection(SharedMeters.Name)]
public sealed partial class SidecarTests : IDisposable
{
    private static readonly string Secret = "acme-" + new string('7', 20);

    private readonly TemporaryFolder folder = new();

    public SidecarTests() => WriteRules("- {id: acme-key, pattern: 'acme-[0-9]{20}'}");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_grpc_request_leaves_redacted_over_grpc()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        await using var sidecar = await StartAsync(Grpc(backend));
        using var client = new GrpcClient(new Uri($"http://{sidecar.Receiver.GrpcAddress}"));

        var reply = await client.SendAsync(GrpcClient.Frame(TestPayload.Request($"call {Secret} now").ToByteArray()));

        Assert.Equal(0, reply.Status);
        var sent = ExportTraceServiceRequest.Parser.ParseFrom(Assert.Single(backend.Requests).Body.AsSpan(5));
        Assert.Equal(TestPayload.Request("call [REDACTED:acme-key] now"), sent);
    }

    [Fact]
    public async Task An_http_request_without_findings_leaves_as_the_same_bytes()
    {
        await using var backend = await StubBackend.HttpAsync(StubBackend.HttpReply(200));
        await using var sidecar = await StartAsync(new OtlpExporterOptions { Name = "otlphttp", Transport = OtlpTransport.Http, Endpoint = backend.Address });
        var message = TestPayload.Request("call").ToByteArray();

        using var response = await PostAsync(sidecar, message, "application/x-protobuf");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(message, Assert.Single(backend.Requests).Body);
    }

    [Fact]
    public async Task Json_leaves_redacted_as_json()
    {
        await using var backend = await StubBackend.HttpAsync(StubBackend.HttpReply(200, "application/json"));
        await using var sidecar = await StartAsync(new OtlpExporterOptions { Name = "otlphttp", Transport = OtlpTransport.Http, Endpoint = backend.Address });

        using var response = await PostAsync(sidecar, Encoding.UTF8.GetBytes("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"" + Secret + "\"}]}]}]}"), "application/json");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"[REDACTED:acme-key]\"}]}]}]}", Encoding.UTF8.GetString(Assert.Single(backend.Requests).Body));
    }

    [Fact]
    public async Task The_sender_hears_the_backends_refusal_without_the_secret_that_it_quotes()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.InvalidArgument, $"no {Secret} here"));
        await using var sidecar = await StartAsync(Grpc(backend));
        using var client = new GrpcClient(new Uri($"http://{sidecar.Receiver.GrpcAddress}"));

        var reply = await client.SendAsync(GrpcClient.Frame(TestPayload.Request("call").ToByteArray()));

        Assert.Equal((int)GrpcStatusCode.InvalidArgument, reply.Status);
        Assert.Equal("otlp: gRPC status InvalidArgument: no [REDACTED:acme-key] here", reply.Message);
    }

    [Fact]
    public async Task What_cannot_be_read_goes_nowhere()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        await using var sidecar = await StartAsync(Grpc(backend));
        using var client = new GrpcClient(new Uri($"http://{sidecar.Receiver.GrpcAddress}"));

        var reply = await client.SendAsync(GrpcClient.Frame([0x0A, 0xFF]));

        Assert.Equal((int)GrpcStatusCode.InvalidArgument, reply.Status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task The_pages_tell_of_health_metrics_and_rules_but_never_of_text()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        await using var sidecar = await StartAsync(Grpc(backend));
        using var client = new GrpcClient(new Uri($"http://{sidecar.Receiver.GrpcAddress}"));
        await client.SendAsync(GrpcClient.Frame(TestPayload.Request(Secret).ToByteArray()));
        using var http = new HttpClient();

        Assert.Equal("ok\n", await http.GetStringAsync(new Uri(sidecar.Health, "/healthz")));
        Assert.Equal("ready\n", await http.GetStringAsync(new Uri(sidecar.Health, "/readyz")));
        var metrics = await http.GetStringAsync(new Uri(sidecar.Health, "/metrics"));
        Assert.Contains(",rule=\"acme-key\",status=\"active\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("redactor_rules 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("redactor_rule_candidates_total{rule=\"acme-key\"} ", metrics, StringComparison.Ordinal);
        Assert.Contains("redactor_rule_matches_total{judgement=\"accepted\",rule=\"acme-key\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("redactor_rule_time_seconds_total{rule=\"acme-key\"} ", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, metrics, StringComparison.Ordinal);
        var rules = await http.GetStringAsync(new Uri(sidecar.Admin, "/rules"));
        Assert.Contains("\"rules\": 1", rules, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(sidecar.Health, "/rules"))).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.PostAsync(new Uri(sidecar.Admin, "/rules"), null)).StatusCode);
    }

    [Fact]
    public async Task Stopping_delivers_and_answers_a_request_that_is_held_back()
    {
        await using var backend = await StubBackend.HttpAsync(StubBackend.HttpReply(200, "application/json"));
        var exporter = new OtlpExporterOptions { Name = "otlphttp", Transport = OtlpTransport.Http, Endpoint = backend.Address };
        await using var sidecar = await StartAsync(Options(exporter) with { HoldBack = new HoldOptions(HoldOptions.GreatestWait, 1 << 20) });

        Task<HttpResponseMessage> post = PostAsync(sidecar, Encoding.UTF8.GetBytes("""
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708","events":[
            {"name":"gen_ai.choice","attributes":[{"key":"content","value":{"stringValue":"it is acme-7777777"}}]}]}]}]}]}
            """), "application/json");
        await Eventually.True(() => sidecar.Receiver.BytesInFlight > 0);

        Assert.Empty(backend.Requests);
        await sidecar.StopAsync();
        using HttpResponseMessage response = await post;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("it is [REDACTED:cut]", Encoding.UTF8.GetString(Assert.Single(backend.Requests).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_by_the_admin_port_answers_with_the_version_or_with_every_mistake()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        await using var sidecar = await StartAsync(Grpc(backend));
        using var http = new HttpClient();
        var reload = new Uri(sidecar.Admin, "/rules/reload");

        WriteRules("- {id: acme-key, pattern: 'acme-[0-9]{20}'}\n- {id: on-trial, pattern: 'trial-[0-9]{20}', status: shadow}");
        var good = await AskAsync(HttpMethod.Post, HttpStatusCode.OK);
        WriteRules("- {id: acme-key, patern: x}\n- {id: other, pattern: '[x'}");
        var bad = await AskAsync(HttpMethod.Post, HttpStatusCode.UnprocessableEntity);
        var page = JsonDocument.Parse(await http.GetStringAsync(new Uri(sidecar.Admin, "/rules"))).RootElement;

        Assert.Equal("refused", bad.GetProperty("result").GetString());
        Assert.Equal(3, bad.GetProperty("mistakes").GetArrayLength());
        Assert.Contains("acme.yaml:1:18: acme-key: unknown field", bad.GetProperty("mistakes").ToString(), StringComparison.Ordinal);
        Assert.Empty(good.GetProperty("mistakes").EnumerateArray());
        Assert.Equal(good.GetProperty("version").GetString(), bad.GetProperty("version").GetString());
        Assert.Equal(good.GetProperty("version").GetString(), page.GetProperty("version").GetString());
        Assert.Equal(2, page.GetProperty("rules").GetInt32());
        Assert.Equal("on-trial", Assert.Single(page.GetProperty("shadow").EnumerateArray()).GetString());
        Assert.Equal(3, page.GetProperty("last_error").GetArrayLength());
        Assert.Equal("use POST", (await (await http.GetAsync(reload)).Content.ReadAsStringAsync()).TrimEnd()[^8..]);

        async Task<JsonElement> AskAsync(HttpMethod method, HttpStatusCode expected)
        {
            using var response = await http.SendAsync(new HttpRequestMessage(method, reload));
            Assert.Equal(expected, response.StatusCode);
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        }
    }

    [Fact]
    public async Task A_stop_finishes_what_is_under_way_and_is_not_ready_meanwhile()
    {
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var backend = await StubBackend.GrpcAsync(async context =>
        {
            asked.SetResult();
            await answer.Task;
            await StubBackend.GrpcAnswer(GrpcStatusCode.Ok)(context);
        });
        await using var sidecar = await StartAsync(Grpc(backend));
        using var client = new GrpcClient(new Uri($"http://{sidecar.Receiver.GrpcAddress}"));
        var health = new PortOptions(new IPEndPoint(IPAddress.Loopback, sidecar.Health.Port));
        Assert.True(await HealthcheckCommand.AskAsync(health, TextWriter.Null, default));

        var sending = client.SendAsync(GrpcClient.Frame(TestPayload.Request("call").ToByteArray()));
        await asked.Task;
        var stopping = sidecar.StopAsync();

        Assert.False(await HealthcheckCommand.AskAsync(health, TextWriter.Null, default));
        Assert.False(stopping.IsCompleted);
        answer.SetResult();
        Assert.Equal(0, (await sending).Status);
        await stopping;
    }

    [Fact]
    public async Task A_healthcheck_of_nothing_is_one_clear_line()
    {
        using var errors = new StringWriter();

        Assert.False(await HealthcheckCommand.AskAsync(new PortOptions(new IPEndPoint(IPAddress.Any, 9)), errors, default));

        Assert.Equal("redactor: nothing answers at http://127.0.0.1:9/readyz; is the sidecar running with this configuration?", errors.ToString().TrimEnd());
    }

    [Fact]
    public async Task The_start_notice_names_ports_backends_and_rules()
    {
        var options = Options(new OtlpExporterOptions
        {
            Name = "otlp",
            Transport = OtlpTransport.Grpc,
            Endpoint = new Uri("http://backend:4317"),
            Signals = [Signal.Traces],
            Headers = [new("authorization", "Bearer " + Secret)],
        });
        await using var sidecar = await StartAsync(options);

        var notice = StartNotice.Write(options, sidecar, Store().Status);

        Assert.Contains($"OTLP/gRPC on http://{sidecar.Receiver.GrpcAddress}, OTLP/HTTP on http://{sidecar.Receiver.HttpAddress}", notice, StringComparison.Ordinal);
        Assert.Contains("traces to otlp (http://backend:4317/)", notice, StringComparison.Ordinal);
        Assert.Contains("1 in 1 file, profile default, version ", notice, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, notice, StringComparison.Ordinal);
    }

    private static OtlpExporterOptions Grpc(StubBackend backend) => new() { Name = "otlp", Transport = OtlpTransport.Grpc, Endpoint = backend.Address };

    private static RedactorOptions Options(ExporterOptions exporter)
    {
        var anyPort = new PortOptions(new IPEndPoint(IPAddress.Loopback, 0));
        return new RedactorOptions
        {
            Receiver = new ReceiverOptions { Grpc = anyPort, Http = anyPort },
            Health = anyPort,
            Admin = anyPort,
            Exporters = [exporter],
        };
    }

    private static async Task<HttpResponseMessage> PostAsync(Sidecar sidecar, byte[] body, string mediaType)
    {
        using var http = new HttpClient();
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return await http.PostAsync(new Uri($"http://{sidecar.Receiver.HttpAddress}/v1/traces"), content);
    }

    private Task<Sidecar> StartAsync(ExporterOptions exporter) => StartAsync(Options(exporter));

    private async Task<Sidecar> StartAsync(RedactorOptions options)
    {
        var sidecar = new Sidecar(options, Store(), Stream.Null, exportTelemetry: false, NullLoggerFactory.Instance);
        await sidecar.StartAsync();
        return sidecar;
    }

    private RuleStore Store() =>
        RuleStore.Open(new RuleSource([folder.PathOf("*.yaml")], Profile.Default), NullLogger.Instance, out _)!;

    private void WriteRules(string yaml) => folder.Write("acme.yaml", yaml);
}
