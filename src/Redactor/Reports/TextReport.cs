using System.Text;
using Redactor.Files;
using Redactor.Rules;

namespace Redactor.Reports;

/// <summary>One line a finding: <c>src/app.py:12:9 acme-api-key Acme API key: key = "[REDACTED:acme-api-key]"</c>.</summary>
internal sealed class TextReport(Stream output, RuleSet rules) : IFindingReport
{
    public void Add(FileReport file)
    {
        if (file.Findings.Count == 0)
        {
            return;
        }

        var text = new StringBuilder();
        foreach (var finding in file.Findings)
        {
            var rule = rules.Rules[finding.Rule];
            text.Append(OneLine(file.Path)).Append($":{finding.Start.Line}:{finding.Start.Column} {rule.Id} {rule.Title}")
                .Append(rule.IsShadow ? " (shadow): " : ": ").Append(finding.Excerpt).Append('\n');
        }

        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        output.Flush();
    }

    public void Complete() => output.Flush();

    public void Dispose() => output.Flush();

    /// <summary>A path in which no character starts a new line or moves the cursor.</summary>
    internal static string OneLine(string path) => path.Any(char.IsControl) ? string.Concat(path.Select(c => char.IsControl(c) ? '?' : c)) : path;
}
