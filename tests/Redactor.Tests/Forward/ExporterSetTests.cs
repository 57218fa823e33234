using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Redactor.Forward;

namespace Redactor.Tests.Forward;

public sealed class ExporterSetTests
{
    [Fact]
    public async Task A_payload_goes_to_every_exporter_of_its_signal_and_to_no_other()
    {
        using var all = new MemoryStream();
        using var logsOnly = new MemoryStream();
        using var set = new ExporterSet(
            [new DebugExporter(new DebugExporterOptions { Name = "debug" }, all), new DebugExporter(new DebugExporterOptions { Name = "debug/logs", Signals = [Signal.Logs] }, logsOnly)]);

        Assert.Equal(ExportOutcome.Success, await set.ExportAsync(TestPayload.Of(TestPayload.Request("a").ToByteArray()), default));
        Assert.Equal(ExportOutcome.Success, await set.ExportAsync(TestPayload.Of([], Signal.Logs), default));

        Assert.Contains("\"name\": \"a\"", Encoding.UTF8.GetString(all.ToArray()), StringComparison.Ordinal);
        Assert.EndsWith("{}\n", Encoding.UTF8.GetString(all.ToArray()), StringComparison.Ordinal);
        Assert.Equal("{}\n", Encoding.UTF8.GetString(logsOnly.ToArray()));
    }

    [Fact]
    public async Task A_signal_that_nobody_takes_is_refused()
    {
        using var set = new ExporterSet([new DebugExporter(new DebugExporterOptions { Name = "debug", Signals = [Signal.Logs] }, Stream.Null)]);

        var outcome = await set.ExportAsync(TestPayload.Of([]), default);

        Assert.Equal(new ExportOutcome.Refused(Refusal.SignalNotSupported), outcome);
    }

    [Fact]
    public async Task Where_only_the_backend_knows_what_it_rejected_all_of_the_payload_is_named()
    {
        var (payload, part) = (TestPayload.Of([1]), TestPayload.Of([2]));
        using var set = new ExporterSet(
            [
                ScriptedExporter.Answering(new ExportOutcome.PartialSuccess(1, "one is wrong")),
                ScriptedExporter.Answering(new ExportOutcome.PartialSuccess(1, "one is too large") { Rejected = [part] }),
                ScriptedExporter.Answering(new ExportOutcome.PartialSuccess(0, "a warning")),
            ]);

        var partial = Assert.IsType<ExportOutcome.PartialSuccess>(await set.ExportAsync(payload, default));

        Assert.Equal([payload, part], partial.Rejected);
    }

    [Fact]
    public async Task The_debug_exporter_prints_protobuf_as_otlp_json()
    {
        using var output = new MemoryStream();
        using var exporter = new DebugExporter(new DebugExporterOptions { Name = "debug" }, output);

        await exporter.ExportAsync(TestPayload.Of(TestPayload.Request("wörk").ToByteArray()), default);

        var span = JsonDocument.Parse(output.ToArray()).RootElement.GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[0];
        Assert.Equal("wörk", span.GetProperty("name").GetString());
        Assert.Equal("0102030405060708090a0b0c0d0e0f10", span.GetProperty("traceId").GetString());
        Assert.Equal(3, span.GetProperty("kind").GetInt32());
        Assert.Contains("\n  \"resourceSpans\": [", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_debug_exporter_refuses_what_it_cannot_read()
    {
        using var output = new MemoryStream();
        using var exporter = new DebugExporter(new DebugExporterOptions { Name = "debug" }, output);

        Assert.IsType<ExportOutcome.Refused>(await exporter.ExportAsync(TestPayload.Of([0x0A, 0xFF]), default));
        Assert.IsType<ExportOutcome.Refused>(await exporter.ExportAsync(TestPayload.Json("{"), default));
        Assert.Equal(0, output.Length);
    }
}
