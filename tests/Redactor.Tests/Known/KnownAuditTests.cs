using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Redactor.Otlp;
using Redactor.Tests.Interop;

namespace Redactor.Tests.Known;

/// <summary>A known secret goes through a running Redactor, which tells of it.</summary>
public sealed class KnownAuditTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_known_secret_is_masked_and_told_in_the_log_the_metrics_and_over_otlp()
    {
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        folder.Write("PROD_CHAT", secret);
        await using var backend = await RecordingBackend.StartAsync();
        using var redactor = await RedactorProcess.StartAsync(backend.Server, new RedactorSettings
        {
            Section = $"known_secrets: {{sources: [{{directory: {folder.Path}, owner: team-chat, rotate_by: 2020-01-01}}]}}",
            Environment = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = backend.Server.Grpc.ToString(), ["OTEL_BLRP_SCHEDULE_DELAY"] = "50" },
        });

        using var client = new HttpClient();
        await SendAsync(client, redactor, secret);
        await Eventually.True(() => Records(backend).Any(record => record.Attributes.Any(a => a.Key == "fingerprint")) && redactor.Output.Contains("fingerprint", StringComparison.Ordinal));

        string all = redactor.Output + string.Concat(backend.Arrivals.Select(a => a.Message.ToString())) + await client.GetStringAsync(new Uri(redactor.Health, "/metrics"));
        Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        Assert.Contains("\"rule\":\"known:prod-chat\"", redactor.Output, StringComparison.Ordinal);
        Assert.Contains("\"service\":\"pay\"", redactor.Output, StringComparison.Ordinal);
        Assert.Matches("redactor_known_findings_total\\{[^}]*overdue=\"true\"", all);
        var records = Records(backend);
        Assert.Contains(records, record => record.Body.StringValue == "use [REDACTED:known:prod-chat]");
        Assert.Contains(records, record => record.Attributes.Any(a => a.Key == "owner" && a.Value.StringValue == "team-chat"));
    }

    [Fact]
    public async Task Records_go_to_the_exporter_that_audit_names_and_nothing_else_goes_there()
    {
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        folder.Write("PROD_CHAT", secret);
        await using var backend = await RecordingBackend.StartAsync();
        await using var office = await RecordingBackend.StartAsync();
        using var redactor = await RedactorProcess.StartAsync(backend.Server, new RedactorSettings
        {
            Exporter = $"otlp/audit: {{ endpoint: \"{office.Server.Grpc.GetLeftPart(UriPartial.Authority)}\" }}",
            Section = $"known_secrets: {{sources: [{{directory: {folder.Path}, owner: team-chat}}]}}\naudit: {{exporter: otlp/audit}}",
        });

        using var client = new HttpClient();
        for (int i = 0; i < 3; i++)
        {
            await SendAsync(client, redactor, secret);
        }

        await Eventually.True(() => Records(office).Count > 0);

        var record = Assert.Single(Records(office));
        var attributes = record.Attributes.ToDictionary(a => a.Key, a => a.Value);
        Assert.Equal("known:prod-chat", attributes["rule"].StringValue);
        Assert.Equal("pay", attributes["service"].StringValue);
        Assert.Equal("team-chat", attributes["owner"].StringValue);
        Assert.Equal("log.body", attributes["place"].StringValue);
        Assert.Equal(1, attributes["count"].IntValue);
        Assert.Equal(12, attributes["fingerprint"].StringValue.Length);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", Convert.ToHexStringLower(record.TraceId.Span));
        Assert.DoesNotContain(secret, record.ToString(), StringComparison.Ordinal);
        Assert.All(Records(backend), forwarded => Assert.Equal("use [REDACTED:known:prod-chat]", forwarded.Body.StringValue));
    }

    private static async Task SendAsync(HttpClient client, RedactorProcess redactor, string secret)
    {
        string json = $$$"""
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"pay"}}]},"scopeLogs":[{"logRecords":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","body":{"stringValue":"use {{{secret}}}"}}]}]}]}
            """;
        using var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await client.PostAsync(new Uri(redactor.Http, "/v1/logs"), content);
        answer.EnsureSuccessStatusCode();
    }

    private static List<LogRecord> Records(RecordingBackend backend) =>
        [.. backend.Arrivals.Select(a => a.Message).OfType<ExportLogsServiceRequest>().SelectMany(r => r.ResourceLogs).SelectMany(r => r.ScopeLogs).SelectMany(s => s.LogRecords)];
}
