using System.Text.Json;
using Redactor.Files;
using Redactor.Rules;

namespace Redactor.Reports;

/// <summary>One JSON array with an object for each finding; docs/scan.md names its members.</summary>
internal sealed class JsonReport : IFindingReport
{
    private readonly RuleSet rules;
    private readonly Utf8JsonWriter json;

    public JsonReport(Stream output, RuleSet rules)
    {
        this.rules = rules;
        json = new Utf8JsonWriter(output, ReportJson.Options);
        json.WriteStartArray();
    }

    public void Add(FileReport file)
    {
        foreach (var finding in file.Findings)
        {
            var rule = rules.Rules[finding.Rule];
            json.WriteStartObject();
            json.WriteString("file", file.Path);
            json.WriteNumber("line", finding.Start.Line);
            json.WriteNumber("column", finding.Start.Column);
            json.WriteNumber("end_line", finding.End.Line);
            json.WriteNumber("end_column", finding.End.Column);
            json.WriteNumber("offset", finding.Offset);
            json.WriteNumber("length", finding.Length);
            json.WriteString("rule", rule.Id);
            json.WriteString("title", rule.Title);
            json.WriteString("severity", RuleWords.NameOf(rule.Severity));
            json.WriteString("status", rule.IsShadow ? "shadow" : "active");
            json.WriteString("excerpt", finding.Excerpt);
            json.WriteEndObject();
        }

        json.Flush();
    }

    public void Complete()
    {
        json.WriteEndArray();
        json.Flush();
    }

    public void Dispose() => json.Dispose();
}
