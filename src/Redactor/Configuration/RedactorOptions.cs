using System.Net;
using Redactor.Forward;
using Redactor.Forward.Queue;
using Redactor.Known;
using Redactor.Listen;
using Redactor.Receive;
using Redactor.Receive.Kafka;
using Redactor.Rules;

namespace Redactor.Configuration;

/// <summary>The whole configuration, validated and immutable. Every default is what holds without a file.</summary>
public sealed record RedactorOptions
{
    /// <summary>The configuration that holds without a file.</summary>
    public static RedactorOptions Default { get; } = new();

    /// <summary>Where OTLP comes in; without a file both ports on loopback.</summary>
    public ReceiverOptions Receiver { get; init; } = new();

    /// <summary>Kafka clusters to consume from; names are unique.</summary>
    public IReadOnlyList<KafkaReceiverOptions> KafkaReceivers { get; init; } = [];

    /// <summary>Which rules are in force; without a file those that come with the program.</summary>
    public RuleSource Rules { get; init; } = new(RuleSource.DefaultPatterns, Profile.Default);

    /// <summary>Where secrets come from that are known as such; null: none are.</summary>
    public KnownOptions? KnownSecrets { get; init; }

    /// <summary>Whether records with text beyond the budgets of reading it are refused, in place of the text being masked.</summary>
    public bool RefuseOverBudget { get; init; }

    /// <summary>How far requests are held back for streams that go on in others; null: none are.</summary>
    public HoldOptions? HoldBack { get; init; }

    /// <summary>Where the telemetry goes; at least one, names are unique.</summary>
    public IReadOnlyList<ExporterOptions> Exporters { get; init; } = [new DebugExporterOptions { Name = "debug" }];

    /// <summary>Where the audit's records go, and nothing else; null: where the program's own telemetry goes.</summary>
    public ExporterOptions? AuditExporter { get; init; }

    /// <summary>Where batches wait for their backends; null acknowledges only what every backend accepted.</summary>
    public QueueOptions? Queue { get; init; }

    /// <summary>Where <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> answer.</summary>
    public PortOptions Health { get; init; } = new(new IPEndPoint(IPAddress.Loopback, 13133));

    /// <summary>Where <c>/rules</c> answers. On loopback: it says which rules there are.</summary>
    public PortOptions Admin { get; init; } = new(new IPEndPoint(IPAddress.Loopback, 13134));
}
