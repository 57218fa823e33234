using OpenTelemetry.Exporter;
using Redactor.Otlp;

namespace Redactor.Tests.Interop;

/// <summary>
/// Real clients send telemetry with secrets in it, once straight to a backend and once through <c>redactor run</c>, which forwards it over
/// gRPC and over HTTP. What arrives is decoded by the generated OTLP types and compared whole.
/// </summary>
public sealed class RealClientTests(Hop hop) : IClassFixture<Hop>
{
    [Theory]
    [InlineData("opentelemetry", "grpc")]
    [InlineData("opentelemetry", "proto")]
    [InlineData("opentelemetry", "http")]
    [InlineData("langfuse", "http")]
    [InlineData("phoenix", "proto")]
    [InlineData("langsmith", "proto")]
    [InlineData("traceloop", "proto")]
    public async Task What_a_Node_client_sends_arrives_whole_and_without_secrets(string client, string transport)
    {
        var sent = await SendAsync(client, transport);

        Hop.AssertConversationsPlanted(sent);
    }

    /// <summary>What instrumentations of providers' clients make of a conversation with tools, streamed answers and errors, in the conventions of each.</summary>
    [Theory]
    [InlineData("vercel", "ai.prompt", "ai.prompt.messages", "ai.prompt.tools", "ai.response.text", "ai.response.toolCalls", "ai.toolCall.args", "ai.toolCall.result", "ai.request.headers.authorization")]
    [InlineData("openinference", "input.value", "output.value", "llm.invocation_parameters", "llm.input_messages.0.message.content", "llm.input_messages.1.message.contents.2.message_content.text", "llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments")]
    [InlineData("genai", "gen_ai.system.message", "gen_ai.user.message", "gen_ai.assistant.message", "gen_ai.tool.message", "gen_ai.choice")]
    public async Task What_a_model_s_client_is_seen_to_do_arrives_whole_and_without_secrets(string client, params string[] places)
    {
        var sent = await SendAsync(client, "proto");

        Hop.AssertPlantedIn(sent, places);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task What_the_dotnet_exporter_sends_arrives_whole_and_without_secrets(OtlpExportProtocol protocol)
    {
        await using var direct = await RecordingBackend.StartAsync();
        bool grpc = protocol == OtlpExportProtocol.Grpc;
        Arrival[] sent = [];
        var arrived = await hop.Backend.CollectAsync(async () =>
            sent = await direct.CollectAsync(() => DotnetClient.SendAsync(protocol, grpc ? [direct.Server.Grpc, hop.Redactor.Grpc] : [direct.Server.Http, hop.Redactor.Http])));

        ForgetCollectionTimes([.. sent, .. arrived]);
        hop.AssertWholeAndClean(sent, arrived);
    }

    /// <summary>Lets a client send straight to the backend and through the hop, compares what arrives, and returns what was sent.</summary>
    private async Task<Arrival[]> SendAsync(string client, string transport)
    {
        bool grpc = transport == "grpc";
        var sent = await hop.Backend.CollectAsync(() => NodeClient.RunAsync(client, transport, grpc ? hop.Backend.Server.Grpc : hop.Backend.Server.Http));
        var arrived = await hop.Backend.CollectAsync(() => NodeClient.RunAsync(client, transport, grpc ? hop.Redactor.Grpc : hop.Redactor.Http));
        hop.AssertWholeAndClean(sent, arrived);
        return sent;
    }

    /// <summary>Each exporter of the .NET SDK collects the metrics by itself, so their times differ.</summary>
    private static void ForgetCollectionTimes(Arrival[] arrivals)
    {
        foreach (var point in arrivals.Select(a => a.Message).OfType<ExportMetricsServiceRequest>()
            .SelectMany(m => m.ResourceMetrics).SelectMany(r => r.ScopeMetrics).SelectMany(s => s.Metrics).SelectMany(m => m.Sum.DataPoints))
        {
            (point.StartTimeUnixNano, point.TimeUnixNano) = (0, 0);
        }
    }
}
