using System.Net;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Redactor.Forward;
using Redactor.Otlp;
using Redactor.Tests.Forward;
using Redactor.Tests.Receive;

namespace Redactor.Tests.Cli;

/// <summary>Text that costs more than is meant for it, masked or refused.</summary>
public sealed partial class SidecarTests
{
    /// <summary>Text with more views than are read.</summary>
    private static readonly string Costly = string.Concat(Enumerable.Repeat("%20 ", 10_000));

    [Fact]
    public async Task Text_beyond_the_budgets_is_masked_unless_the_configuration_refuses_it()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        await using var sidecar = await StartAsync(Grpc(backend));
        using var client = new GrpcClient(new Uri($"http://{sidecar.Receiver.GrpcAddress}"));

        Assert.Equal(0, (await client.SendAsync(GrpcClient.Frame(TestPayload.Request(Costly).ToByteArray()))).Status);
        Assert.Contains("[REDACTED:over-budget]", Encoding.UTF8.GetString(Assert.Single(backend.Requests).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_that_holds_refused_text_is_rejected_and_the_others_go_on()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        await using var sidecar = await StartAsync(Options(Grpc(backend)) with { RefuseOverBudget = true });
        using var client = new GrpcClient(new Uri($"http://{sidecar.Receiver.GrpcAddress}"));
        var request = TestPayload.Request("good");
        request.ResourceSpans[0].ScopeSpans[0].Spans.Add(new Span { Name = Costly });

        var reply = await client.SendAsync(GrpcClient.Frame(request.ToByteArray()));

        Assert.Equal(0, reply.Status);
        var partial = ExportTraceServiceResponse.Parser.ParseFrom(reply.Body.AsSpan(5)).PartialSuccess;
        Assert.Equal((1, "1 refused: text in them is encoded deeper or more often than is read"), (partial.RejectedSpans, partial.ErrorMessage));
        Assert.Equal(TestPayload.Request("good"), ExportTraceServiceRequest.Parser.ParseFrom(Assert.Single(backend.Requests).Body.AsSpan(5)));
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(sidecar.Health, "/metrics"));
        Assert.Contains("redactor_units_over_budget_total", metrics, StringComparison.Ordinal);
        Assert.Contains("reason=\"over_budget\"} 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_http_the_sender_hears_of_refused_records_in_json()
    {
        await using var backend = await StubBackend.HttpAsync(StubBackend.HttpReply(200, "application/json"));
        var exporter = new OtlpExporterOptions { Name = "otlphttp", Transport = OtlpTransport.Http, Endpoint = backend.Address };
        await using var sidecar = await StartAsync(Options(exporter) with { RefuseOverBudget = true });

        using var response = await PostAsync(sidecar, Encoding.UTF8.GetBytes("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"" + Costly + "\"},{\"name\":\"b\"}]}]}]}"), "application/json");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("1", answer.RootElement.GetProperty("partialSuccess").GetProperty("rejectedSpans").ToString());
        Assert.Equal("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"b\"}]}]}]}", Encoding.UTF8.GetString(Assert.Single(backend.Requests).Body));
    }

    [Fact]
    public async Task A_request_is_refused_whole_for_text_that_its_records_share()
    {
        await using var backend = await StubBackend.GrpcAsync(StubBackend.GrpcAnswer(GrpcStatusCode.Ok));
        await using var sidecar = await StartAsync(Options(Grpc(backend)) with { RefuseOverBudget = true });
        using var client = new GrpcClient(new Uri($"http://{sidecar.Receiver.GrpcAddress}"));
        var request = TestPayload.Request("good");
        request.ResourceSpans[0].Resource = new Resource { Attributes = { new KeyValue { Key = "k", Value = new AnyValue { StringValue = Costly } } } };

        var reply = await client.SendAsync(GrpcClient.Frame(request.ToByteArray()));

        Assert.Equal(((int)GrpcStatusCode.InvalidArgument, "text in the message is encoded deeper or more often than is read"), (reply.Status, reply.Message));
        Assert.Empty(backend.Requests);
    }
}
