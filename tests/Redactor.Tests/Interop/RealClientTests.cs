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
        bool grpc = transport == "grpc";
        var sent = await hop.Backend.CollectAsync(() => NodeClient.RunAsync(client, transport, grpc ? hop.Backend.Server.Grpc : hop.Backend.Server.Http));
        var arrived = await hop.Backend.CollectAsync(() => NodeClient.RunAsync(client, transport, grpc ? hop.Redactor.Grpc : hop.Redactor.Http));

        Hop.AssertConversationsPlanted(sent);
        hop.AssertWholeAndClean(sent, arrived);
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
