using System.Text;
using Redactor.Configuration;
using Redactor.Forward;

namespace Redactor.Tests.Configuration;

public sealed class AuditSectionTests
{
    private const string Two = "exporters: {otlp: {endpoint: \"http://a:4317\"}, otlp/audit: {endpoint: \"http://b:4317\", signals: [logs]}}";

    [Fact]
    public void The_exporter_that_audit_names_takes_no_telemetry_and_tries_again()
    {
        var options = Read($"{Two}\naudit: {{exporter: otlp/audit}}").Options!;

        Assert.Equal("otlp/audit", options.AuditExporter!.Name);
        Assert.True(Assert.IsType<OtlpExporterOptions>(options.AuditExporter).Retry!.Enabled);
        Assert.Equal("otlp", Assert.Single(options.Exporters).Name);
        Assert.Null(Read(Two).Options!.AuditExporter);
    }

    [Theory]
    [InlineData("audit: {exporter: otlp/audits}", "audit.exporter can't be \"otlp/audits\"; did you mean \"otlp/audit\"?")]
    [InlineData("audit: {}", "audit.exporter is missing; write the name of one of the exporters, such as otlp/audit")]
    [InlineData("audit: {exporters: otlp}", "audit.exporter is missing; write the name of one of the exporters, such as otlp/audit", "unknown key \"audit.exporters\"; did you mean \"exporter\"?")]
    public void A_mistake_says_what_would_be_right(string yaml, params string[] expected)
    {
        var mistakes = Read($"{Two}\n{yaml}").Mistakes;

        Assert.Equal(expected, mistakes.Select(mistake => mistake.Message));
        Assert.All(mistakes, mistake => Assert.Equal(2, mistake.Line));
    }

    [Theory]
    [InlineData("exporters: {otlp: {endpoint: \"http://a:4317\"}}\naudit: {exporter: otlp}", "audit.exporter: otlp is the only exporter, and would take the records and nothing else; add one for the telemetry")]
    [InlineData("exporters: {debug: {}, otlp: {endpoint: \"http://a:4317\", signals: [traces]}}\naudit: {exporter: otlp}", "audit.exporter: otlp takes no logs, and the records are logs; add logs to its signals")]
    public void An_exporter_that_can_not_take_the_records_is_refused(string yaml, string expected) => Assert.Equal(expected, Assert.Single(Read(yaml).Mistakes).Message);

    private static ConfigurationResult Read(string yaml) => ConfigurationFile.Read(Encoding.UTF8.GetBytes(yaml), "redactor.yaml", "/", _ => null);
}
