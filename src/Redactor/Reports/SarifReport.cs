using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Redactor.Files;
using Redactor.Rules;

namespace Redactor.Reports;

/// <summary>
/// SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/): one run; regions in lines, columns and bytes; paths relative to the
/// current folder where they can be.
/// </summary>
internal sealed class SarifReport : IFindingReport
{
    private readonly RuleSet rules;
    private readonly Utf8JsonWriter json;
    private readonly List<FileReport> unreadable = [];

    public SarifReport(Stream output, RuleSet rules)
    {
        this.rules = rules;
        json = new Utf8JsonWriter(output, ReportJson.Options);
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool();
        json.WriteString("columnKind", "unicodeCodePoints");
        json.WriteStartArray("results");
    }

    public void Add(FileReport file)
    {
        if (file.Problem is not null)
        {
            unreadable.Add(file);
        }

        var seen = new Dictionary<(int, string), int>();
        foreach (var finding in file.Findings)
        {
            var key = (finding.Rule, finding.Excerpt);
            seen[key] = seen.GetValueOrDefault(key) + 1;
            WriteResult(file.Path, finding, seen[key]);
        }

        json.Flush();
    }

    public void Complete()
    {
        json.WriteEndArray();
        WriteInvocation();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    public void Dispose() => json.Dispose();

    private void WriteTool()
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "redactor");
        json.WriteString("version", ProductVersion.Text);
        json.WriteStartArray("rules");
        foreach (var rule in rules.Rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            WriteText("shortDescription", rule.Title.Length > 0 ? rule.Title : rule.Id);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", LevelOf(rule));
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteStartArray("tags");
            foreach (string tag in rule.Tags)
            {
                json.WriteStringValue(tag);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteResult(string path, FileFinding finding, int occurrence)
    {
        var rule = rules.Rules[finding.Rule];
        json.WriteStartObject();
        json.WriteString("ruleId", rule.Id);
        json.WriteNumber("ruleIndex", finding.Rule);
        json.WriteString("level", LevelOf(rule));
        WriteText("message", $"{(rule.Title.Length > 0 ? rule.Title : rule.Id)}: {finding.Excerpt}");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        WriteArtifact(path);
        json.WriteStartObject("region");
        json.WriteNumber("startLine", finding.Start.Line);
        json.WriteNumber("startColumn", finding.Start.Column);
        json.WriteNumber("endLine", finding.End.Line);
        json.WriteNumber("endColumn", finding.End.Column);
        json.WriteNumber("byteOffset", finding.Offset);
        json.WriteNumber("byteLength", finding.Length);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("maskedContext/v1", Fingerprint(path, rule.Id, finding.Excerpt, occurrence));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteInvocation()
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", unreadable.Count == 0);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var file in unreadable)
        {
            json.WriteStartObject();
            json.WriteString("level", "error");
            WriteText("message", file.Problem!);
            json.WriteStartArray("locations");
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation");
            WriteArtifact(file.Path);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteArtifact(string path)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Path.IsPathRooted(path) ? new Uri(path).AbsoluteUri : string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
        json.WriteEndObject();
    }

    private void WriteText(string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string LevelOf(Rule rule) => rule switch
    {
        { IsShadow: true } => "note",
        { Severity: Severity.High } => "error",
        { Severity: Severity.Low } => "note",
        _ => "warning",
    };

    /// <summary>
    /// Tells whether two runs found the same thing, wherever its line has moved. It is made of what stands around the finding, never of the
    /// finding: a hash of a card number or a short password could be searched for.
    /// </summary>
    private static string Fingerprint(string path, string rule, string excerpt, int occurrence) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{rule}\n{excerpt}\n{occurrence}")).AsSpan(0, 16));
}
