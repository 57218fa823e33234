using System.Text.RegularExpressions;
using Redactor.Telemetry;

namespace Redactor.Tests.Telemetry;

[Collection(SharedMeters.Name)]
public sealed partial class PrometheusTests
{
    [Fact]
    public void Counters_and_histograms_are_written_as_prometheus_names_them()
    {
        using var metrics = new RedactorMetrics();
        using var telemetry = new OwnTelemetry(export: false);
        metrics.Request(Signal.Traces, 100, ExportOutcome.Success);
        metrics.Request(Signal.Traces, 20, ExportOutcome.Success);
        metrics.Findings("openai-project-key", "span.attribute", shadow: false, 3);
        metrics.Findings("acme-key", "log.body", shadow: true, 2);
        metrics.Export("otlp/second", Signal.Logs, TimeSpan.FromMilliseconds(7), new ExportOutcome.Retryable("x"));

        var lines = telemetry.Scrape().Split('\n');

        Assert.Contains("# TYPE redactor_requests_total counter", lines);
        Assert.Contains("redactor_requests_total{outcome=\"accepted\",signal=\"traces\"} 2", lines);
        Assert.Contains("redactor_received_bytes_total{signal=\"traces\"} 120", lines);
        Assert.Contains("redactor_findings_total{place=\"span.attribute\",rule=\"openai-project-key\",status=\"active\"} 3", lines);
        Assert.Contains("redactor_findings_total{place=\"log.body\",rule=\"acme-key\",status=\"shadow\"} 2", lines);
        Assert.Contains("# TYPE redactor_export_duration_seconds histogram", lines);
        Assert.Contains("redactor_export_duration_seconds_bucket{exporter=\"otlp/second\",outcome=\"retryable\",signal=\"logs\",le=\"0.005\"} 0", lines);
        Assert.Contains("redactor_export_duration_seconds_bucket{exporter=\"otlp/second\",outcome=\"retryable\",signal=\"logs\",le=\"0.01\"} 1", lines);
        Assert.Contains("redactor_export_duration_seconds_bucket{exporter=\"otlp/second\",outcome=\"retryable\",signal=\"logs\",le=\"+Inf\"} 1", lines);
        Assert.Contains("redactor_export_duration_seconds_sum{exporter=\"otlp/second\",outcome=\"retryable\",signal=\"logs\"} 0.007", lines);
        Assert.Contains("redactor_export_duration_seconds_count{exporter=\"otlp/second\",outcome=\"retryable\",signal=\"logs\"} 1", lines);
    }

    [Fact]
    public void Every_line_is_one_that_prometheus_reads()
    {
        using var metrics = new RedactorMetrics();
        using var telemetry = new OwnTelemetry(export: false);
        metrics.Scan(Signal.Metrics, TimeSpan.FromMicroseconds(30));
        metrics.Findings("a\"b\\c\nd", "log.body", shadow: false, 1);
        metrics.ObserveBytesInFlight(() => 5);

        var text = telemetry.Scrape();

        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.Contains("rule=\"a\\\"b\\\\c\\nd\"", text, StringComparison.Ordinal);
        Assert.Contains("redactor_in_flight_bytes 5\n", text, StringComparison.Ordinal);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(Line(), line));
    }

    [Theory]
    [InlineData("http://127.0.0.1:4317", true)]
    [InlineData("http://localhost:4318", true)]
    [InlineData("http://localhost:5000", false)]
    [InlineData("http://backend:4317", false)]
    [InlineData("not a url", false)]
    public void The_sidecar_knows_its_own_address(string endpoint, bool ours) =>
        Assert.Equal(ours, OwnTelemetry.IsOurselves(endpoint, [new(System.Net.IPAddress.Any, 4317), new(System.Net.IPAddress.Loopback, 4318), null]));

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_0-9]+ .+|[a-z_0-9]+(\{([a-zA-Z_0-9]+="([^"\\]|\\.)*",?)+\})? [-+.0-9eEInfNa]+)$""")]
    private static partial Regex Line();
}
