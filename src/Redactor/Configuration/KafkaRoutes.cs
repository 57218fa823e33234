using System.Text.RegularExpressions;
using Redactor.Forward;
using Redactor.Forward.Kafka;
using Redactor.Receive.Kafka;

namespace Redactor.Configuration;

/// <summary>Checks what receivers and exporters can only get wrong together, once each is right by itself.</summary>
internal static class KafkaRoutes
{
    public static void Check(YamlSection root, IReadOnlyList<KafkaReceiverOptions> receivers, IReadOnlyList<ExporterOptions> exporters)
    {
        if (root.Context.Mistakes.InOrder.Count > 0)
        {
            return;
        }

        foreach (var receiver in receivers)
        {
            foreach (var (signal, source) in receiver.Sources)
            {
                if (!exporters.Any(e => e.Signals.Contains(signal)))
                {
                    root.Mistake("receivers", $"receivers.{receiver.Name} consumes {Parse.NameOf(signal)}, and no exporter takes them; add one, or name only the signals that one takes");
                }

                foreach (var exporter in exporters.OfType<KafkaExporterOptions>().Where(e => e.Connection.Brokers.Intersect(receiver.Connection.Brokers).Any()))
                {
                    var circular = exporter.Targets.Values.Select(t => t.Topic).FirstOrDefault(topic => source.Topics.Any(t => Covers(t, topic)));
                    if (circular is not null)
                    {
                        root.Mistake("receivers", $"receivers.{receiver.Name} would consume what exporters.{exporter.Name} writes to the topic {circular}, for ever; name another topic under exporters.{exporter.Name}");
                    }
                }

                if (receiver.DeadLetters.Topic is { } letters && source.Topics.Any(t => Covers(t, letters)))
                {
                    root.Mistake("receivers", $"receivers.{receiver.Name} would consume its own dead letters in the topic {letters}; name another one under dead_letter");
                }
            }
        }
    }

    private static bool Covers(string source, string topic) =>
        source.StartsWith('^') ? Regex.IsMatch(topic, source, RegexOptions.NonBacktracking) : source == topic;
}
