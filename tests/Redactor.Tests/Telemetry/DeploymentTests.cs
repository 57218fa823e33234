using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Cli;
using Redactor.Configuration;
using Redactor.Forward.Queue;
using Redactor.Known;
using Redactor.Listen;
using Redactor.Receive;
using Redactor.Rules;
using Redactor.Telemetry;
using Redactor.Tests.Schema;

namespace Redactor.Tests.Telemetry;

/// <summary>The dashboard and the alerts ask for metrics and labels that there are, or they would stay empty when they are needed.</summary>
[Collection(SharedMeters.Name)]
public sealed partial class DeploymentTests : IDisposable
{
    /// <summary>What Prometheus itself adds.</summary>
    private static readonly string[] OfPrometheus = ["up", "job", "instance", "le"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("deploy/grafana/redactor.json")]
    [InlineData("deploy/prometheus/redactor-alerts.yaml")]
    public async Task Every_metric_and_label_that_is_asked_for_exists(string file)
    {
        string[] expressions = [.. Expressions(file)];
        var (metrics, instruments) = await ScrapeAsync();
        var names = MetricName().Matches(metrics).Select(m => m.Value).Concat(instruments).Concat(OfPrometheus).ToHashSet();
        var labels = LabelName().Matches(metrics).Select(m => m.Groups[1].Value).Concat(OfPrometheus).ToHashSet();

        Assert.NotEmpty(expressions);
        Assert.All(expressions, expression =>
        {
            Assert.All(AskedName().Matches(expression).Select(m => m.Value), name => Assert.Contains(name, names));
            Assert.All(AskedLabel().Matches(expression).Select(m => m.Groups[1].Value), label => Assert.Contains(label, labels));
            Assert.All(GroupedBy().Matches(expression).SelectMany(m => m.Groups[1].Value.Split(", ")), label => Assert.Contains(label, labels));
        });
    }

    [Fact]
    public async Task The_dashboard_shows_every_metric_of_the_program()
    {
        string all = string.Join('\n', Expressions("deploy/grafana/redactor.json"));
        string[] unseen = ["redactor_rule_candidates_total", "redactor_rule_matches_total"];

        var (metrics, instruments) = await ScrapeAsync();
        var names = MetricType().Matches(metrics).Select(m => m.Groups[1].Value).Concat(instruments).Where(name => name.StartsWith("redactor_", StringComparison.Ordinal));

        Assert.All(names.Except(unseen), name => Assert.Contains(name, all, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Expressions(string file)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, file));
        JsonNode root = (file.EndsWith(".json", StringComparison.Ordinal) ? JsonNode.Parse(text) : YamlJson.Read(text))!;
        return Values(root, "expr");
    }

    private static IEnumerable<string> Values(JsonNode? node, string key) => node switch
    {
        JsonObject o => o.SelectMany(p => p.Key == key ? [p.Value!.GetValue<string>()] : Values(p.Value, key)),
        JsonArray a => a.SelectMany(item => Values(item, key)),
        _ => [],
    };

    /// <summary>The page of a program in which nearly everything has happened once, and the names of all that can.</summary>
    private async Task<(string Metrics, IReadOnlyCollection<string> Instruments)> ScrapeAsync()
    {
        var instruments = new ConcurrentBag<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => instruments.Add(NameOf(instrument)) };
        listener.Start();
        folder.Write("acme.yaml", "- {id: acme-key, pattern: 'acme-[0-9]{20}'}");
        var rules = RuleStore.Open(new RuleSource([folder.PathOf("*.yaml")], Profile.Default), NullLogger.Instance, out _)!;
        var anyPort = new PortOptions(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        var options = new RedactorOptions { Receiver = new ReceiverOptions { Grpc = anyPort, Http = anyPort }, Health = anyPort, Admin = anyPort, Queue = new QueueOptions { Directory = folder.PathOf("queue") } };
        await using var sidecar = new Sidecar(options, rules, Stream.Null, exportTelemetry: false, NullLoggerFactory.Instance, new KnownStore(new KnownOptions([]), TimeProvider.System, NullLogger.Instance));
        await sidecar.StartAsync();
        using var metrics = new RedactorMetrics();
        metrics.Request(Signal.Traces, 1, ExportOutcome.Success);
        metrics.TurnedAway(Refusal.Overloaded);
        metrics.Denied("grpc", Admission.NoCredentials);
        metrics.Scan(Signal.Traces, TimeSpan.Zero);
        metrics.Findings("a", "span.attribute", shadow: false, 1);
        metrics.KnownFindings("known:a", new SecretMetadata(), overdue: true, 1);
        metrics.NotAudited();
        metrics.Observed();
        metrics.RuleCost("a", 1, 1, 1, TimeSpan.Zero);
        metrics.OverBudget(1);
        metrics.Held(HoldEnd.Joined);
        metrics.Dropped(1, 1);
        metrics.Export("otlp", Signal.Traces, TimeSpan.Zero, ExportOutcome.Success);
        metrics.Retry("otlp");
        metrics.Reload(ReloadResult.Refused);
        using var kafka = new KafkaMetrics();
        kafka.Retry("kafka");
        kafka.DeadLetter("kafka", Refusal.Malformed);
        kafka.Rebalance("kafka");
        kafka.ObservePartitions(() => [KafkaMetrics.OfPartition("kafka", "spans", 0, 1)], () => [KafkaMetrics.OfPartition("kafka", "spans", 0, 1)]);
        kafka.ObserveBytesInFlight(() => 1);
        using var client = new HttpClient();
        return (await client.GetStringAsync(new Uri(sidecar.Health, "/metrics")), instruments);
    }

    private static string NameOf(Instrument instrument) => PrometheusText.NameOf(instrument.Name, instrument.Unit ?? "", instrument switch
    {
        Counter<long> or Counter<double> => "counter",
        Histogram<double> => "histogram",
        _ => "gauge",
    });

    [GeneratedRegex("^[a-z_0-9]+", RegexOptions.Multiline)]
    private static partial Regex MetricName();

    [GeneratedRegex("^# TYPE ([a-z_0-9]+)", RegexOptions.Multiline)]
    private static partial Regex MetricType();

    [GeneratedRegex("[{,]([a-zA-Z_0-9]+)=\"")]
    private static partial Regex LabelName();

    [GeneratedRegex(@"\b(redactor|dotnet)_[a-z_0-9]+")]
    private static partial Regex AskedName();

    [GeneratedRegex("[{,]([a-z_]+)=~?\"")]
    private static partial Regex AskedLabel();

    [GeneratedRegex(@"\b(?:by|ignoring) \(([a-z_, ]+)\)")]
    private static partial Regex GroupedBy();
}
