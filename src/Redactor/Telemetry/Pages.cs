using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Redactor.Rules;

namespace Redactor.Telemetry;

/// <summary>What the pages say. None ever holds text of a payload.</summary>
public static class Pages
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a page asks for no credentials: probes have none, and the pages say one word.</summary>
    public static bool IsOpenToAll(PathString path) => path.Value is "/healthz" or "/readyz";

    /// <summary>The health port: <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c>.</summary>
    public static IReadOnlyDictionary<string, Func<Page>> Health(Readiness readiness, OwnTelemetry telemetry, RuleStore rules) => new Dictionary<string, Func<Page>>
    {
        ["/healthz"] = () => Page.Text(StatusCodes.Status200OK, "ok"),
        ["/readyz"] = () => readiness.Reasons() is [_, ..] reasons
            ? Page.Text(StatusCodes.Status503ServiceUnavailable, string.Join('\n', reasons))
            : Page.Text(StatusCodes.Status200OK, "ready"),
        ["/metrics"] = () => Metrics(telemetry, rules.Status),
    };

    /// <summary>The admin port: <c>/rules</c>.</summary>
    public static IReadOnlyDictionary<string, Func<Page>> Admin(RuleStore rules) => new Dictionary<string, Func<Page>>
    {
        ["/rules"] = () => Json(StatusCodes.Status200OK, Describe(rules.Status)),
    };

    /// <summary>The admin port's <c>POST /rules/reload</c>: what came of it, with every mistake; status 422 if the files can't be used.</summary>
    public static IReadOnlyDictionary<string, Func<Page>> AdminActions(RuleStore rules) => new Dictionary<string, Func<Page>>
    {
        ["/rules/reload"] = () =>
        {
            var result = rules.Reload();
            var status = rules.Status;
            return Json(
                result == ReloadResult.Refused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
                new { result = RedactorMetrics.Label(result), version = status.Rules.Version, mistakes = Lines(status.LastError) });
        },
    };

    private static Page Metrics(OwnTelemetry telemetry, RuleStatus status)
    {
        var text = new StringBuilder(telemetry.Scrape());
        PrometheusText.WriteInfo("redactor_rules_info", "The rules in force.", "version", status.Rules.Version, text);
        PrometheusText.WriteGauge("redactor_rules", "How many rules are in force.", status.Rules.Rules.Count, text);
        PrometheusText.WriteGauge("redactor_rules_mistakes", "Mistakes in the rule files as last read; above 0 older rules are in force.", status.LastError.Count, text);
        return new Page(StatusCodes.Status200OK, PrometheusText.ContentType, text.ToString());
    }

    private static object Describe(RuleStatus status) => new
    {
        version = status.Rules.Version,
        loaded_at = status.LoadedAt,
        rules = status.Rules.Rules.Count,
        shadow = status.Rules.Rules.Where(rule => rule.IsShadow).Select(rule => rule.Id),
        files = status.Files.Select(f => new { name = f.Name, rules = f.Count }),
        last_error = Lines(status.LastError),
    };

    private static IEnumerable<string> Lines(IEnumerable<RuleMistake> mistakes) => mistakes.Select(mistake => mistake.ToString());

    private static Page Json(int status, object value) => new(status, "application/json; charset=utf-8", JsonSerializer.Serialize(value, Indented) + "\n");
}
