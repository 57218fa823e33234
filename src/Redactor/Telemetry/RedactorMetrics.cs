using System.Diagnostics.Metrics;
using System.Text.Json;
using Redactor.Listen;
using Redactor.Rules;

namespace Redactor.Telemetry;

/// <summary>
/// What the program counts about itself. Labels come from small closed sets (signal, outcome, place) or from the configuration (exporter, rule):
/// nothing that a sender writes ever becomes one.
/// </summary>
public sealed class RedactorMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Redactor";

    /// <summary>Bounds in seconds: a clean small request scans in microseconds, one of 64 MiB in under a second.</summary>
    private static readonly double[] ScanBounds = [0.00001, 0.000025, 0.0001, 0.00025, 0.001, 0.0025, 0.01, 0.025, 0.1, 0.25, 1];

    /// <summary>Bounds in seconds: from a neighbour's answer to the longest usual time-out.</summary>
    private static readonly double[] ExportBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> requests;
    private readonly Counter<long> turnedAway;
    private readonly Counter<long> denied;
    private readonly Counter<long> bytes;
    private readonly Counter<long> findings;
    private readonly Counter<long> knownFindings;
    private readonly Counter<long> notAudited;
    private readonly Counter<long> overBudget;
    private readonly Counter<long> held;
    private readonly Counter<long> dropped;
    private readonly Counter<long> reloads;
    private readonly Counter<long> observed;
    private readonly Counter<long> ruleCandidates;
    private readonly Counter<long> ruleMatches;
    private readonly Counter<double> ruleTime;
    private readonly Counter<long> retries;
    private readonly Histogram<double> scans;
    private readonly Histogram<double> exports;

    public RedactorMetrics()
    {
        requests = meter.CreateCounter<long>("redactor.requests", "{request}", "Requests by signal and outcome.");
        turnedAway = meter.CreateCounter<long>("redactor.requests.turned_away", "{request}", "Requests that the receiver refused before anything else saw them, by reason.");
        denied = meter.CreateCounter<long>("redactor.access.denied", "{client}", "Connections and requests that were not let in, by port and reason.");
        bytes = meter.CreateCounter<long>("redactor.received", "By", "Uncompressed bytes of OTLP taken in, by signal.");
        findings = meter.CreateCounter<long>("redactor.findings", "{finding}", "What rules found, by rule, place and the rule's status: what a shadow rule finds stays as it is.");
        knownFindings = meter.CreateCounter<long>("redactor.known.findings", "{finding}", "Findings of known secrets, by name, owner, environment of the secret, and whether it is overdue.");
        notAudited = meter.CreateCounter<long>("redactor.audit.suppressed", "{finding}", "Findings that no audit record tells, because too many secrets were found at one time or the audit's exporter did not take the record.");
        overBudget = meter.CreateCounter<long>("redactor.units.over_budget", "{unit}", "Texts masked, or refused, because reading them cost too much.");
        held = meter.CreateCounter<long>("redactor.chunks.held", "{request}", "Requests that were held back for streams that go on in others, by why they went on.");
        dropped = meter.CreateCounter<long>("redactor.records.dropped", "{record}", "Records that a rule dropped, or that were refused for text over budget.");
        reloads = meter.CreateCounter<long>("redactor.rules.reloads", "{reload}", "Changed rule files that were read, by result.");
        observed = meter.CreateCounter<long>("redactor.rules.observed_requests", "{request}", "Requests that were observed rule by rule; the redactor_rule_* metrics are of these alone.");
        ruleCandidates = meter.CreateCounter<long>("redactor.rule.candidates", "{candidate}", "Places where a rule's expression ran, in observed requests.");
        ruleMatches = meter.CreateCounter<long>("redactor.rule.matches", "{match}", "Matches of a rule's expression by what its judge made of them, in observed requests.");
        ruleTime = meter.CreateCounter<double>("redactor.rule.time", "s", "Time in a rule's expression and judge, in observed requests.");
        retries = meter.CreateCounter<long>("redactor.export.retries", "{retry}", "Further attempts to deliver what a backend could not take, by exporter.");
        scans = meter.CreateHistogram("redactor.scan.duration", "s", "Time to find and mask in one request.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = ScanBounds });
        exports = meter.CreateHistogram("redactor.export.duration", "s", "Time until a backend answered one attempt, by exporter, signal and outcome.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = ExportBounds });
    }

    /// <summary>Counts a request of <paramref name="size"/> bytes, uncompressed, by how it ended.</summary>
    public void Request(Signal signal, int size, ExportOutcome outcome)
    {
        requests.Add(1, new("signal", Label(signal)), new("outcome", Label(outcome)));
        bytes.Add(size, new KeyValuePair<string, object?>("signal", Label(signal)));
    }

    /// <summary>Counts a request that the receiver refused itself.</summary>
    public void TurnedAway(Refusal reason) =>
        turnedAway.Add(1, new KeyValuePair<string, object?>("reason", Label(reason)));

    /// <summary>Counts who was not let in.</summary>
    public void Denied(string port, Admission reason) =>
        denied.Add(1, new("port", port), new("reason", Label(reason)));

    /// <summary>Notes how long finding and masking took in one request.</summary>
    public void Scan(Signal signal, TimeSpan elapsed) => scans.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("signal", Label(signal)));

    /// <param name="rule">The rule's id.</param>
    /// <param name="place">One of the fixed kinds of place.</param>
    /// <param name="shadow">Whether the rule is only on trial: nothing was masked.</param>
    /// <param name="count">How often.</param>
    public void Findings(string rule, string place, bool shadow, int count) =>
        findings.Add(count, new("rule", rule), new("place", place), new("status", shadow ? "shadow" : "active"));

    /// <summary>Counts findings of a known secret.</summary>
    public void KnownFindings(string rule, SecretMetadata known, bool overdue, int count) =>
        knownFindings.Add(count, new("rule", rule), new("owner", known.Owner ?? ""), new("environment", known.Environment ?? ""), new("overdue", overdue ? "true" : "false"));

    /// <summary>Counts a finding that no audit record tells.</summary>
    public void NotAudited() => notAudited.Add(1);

    /// <summary>Counts a request that was observed rule by rule.</summary>
    public void Observed() => observed.Add(1);

    /// <summary>What one rule did in an observed request.</summary>
    public void RuleCost(string rule, long candidates, long accepted, long rejected, TimeSpan elapsed)
    {
        KeyValuePair<string, object?> label = new("rule", rule);
        ruleCandidates.Add(candidates, label);
        ruleMatches.Add(accepted, label, new("judgement", "accepted"));
        ruleMatches.Add(rejected, label, new("judgement", "rejected"));
        ruleTime.Add(elapsed.TotalSeconds, label);
    }

    /// <summary>Counts a request that was held back.</summary>
    public void Held(HoldEnd end) => held.Add(1, new KeyValuePair<string, object?>("end", Label(end)));

    /// <summary>Counts texts over budget.</summary>
    public void OverBudget(int units) => overBudget.Add(units);

    /// <summary>Counts records that were dropped by rules, and since they hold text over budget.</summary>
    public void Dropped(int byRules, int overBudgets)
    {
        dropped.Add(byRules, new KeyValuePair<string, object?>("reason", "rule"));
        dropped.Add(overBudgets, new KeyValuePair<string, object?>("reason", "over_budget"));
    }

    /// <summary>Notes how long an attempt to deliver took, and how it ended.</summary>
    public void Export(string exporter, Signal signal, TimeSpan elapsed, ExportOutcome outcome) =>
        exports.Record(elapsed.TotalSeconds, new("exporter", exporter), new("signal", Label(signal)), new("outcome", Label(outcome)));

    /// <summary>Counts a further attempt to deliver.</summary>
    public void Retry(string exporter) => retries.Add(1, new KeyValuePair<string, object?>("exporter", exporter));

    /// <summary>Counts a reading of changed rule files.</summary>
    public void Reload(ReloadResult result) => reloads.Add(1, new KeyValuePair<string, object?>("result", Label(result)));

    /// <summary>Reports the bytes of requests in memory whenever somebody asks.</summary>
    public void ObserveBytesInFlight(Func<long> read) =>
        meter.CreateObservableGauge("redactor.in_flight", read, "By", "Requests in memory and their redacted copies.");

    /// <summary>Reports a number for each set of labels whenever somebody asks.</summary>
    public void Observe(string name, string unit, string help, Func<IEnumerable<Measurement<double>>> read) => meter.CreateObservableGauge(name, read, unit, help);

    public void Dispose() => meter.Dispose();

    /// <summary>A closed set of labels: the kind of outcome.</summary>
    public static string Label(ExportOutcome outcome) => outcome switch
    {
        ExportOutcome.Accepted => "accepted",
        ExportOutcome.PartialSuccess => "partial_success",
        ExportOutcome.Retryable => "retryable",
        ExportOutcome.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType(), "not an outcome"),
    };

    /// <summary>A value of an enum as labels have it: <c>queue_full</c>.</summary>
    public static string Label<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The same of a signal, which every request asks for, without a new string.</summary>
    public static string Label(Signal signal) => signal switch
    {
        Signal.Traces => "traces",
        Signal.Metrics => "metrics",
        Signal.Logs => "logs",
        Signal.Profiles => "profiles",
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "not a signal"),
    };
}
