using System.Text.RegularExpressions;
using Redactor.Receive.Kafka;

namespace Redactor.Configuration;

/// <summary>One receiver of type <c>kafka</c>.</summary>
internal static class KafkaReceiverSection
{
    private const string SessionTimeoutForm = "a duration from 1s to 5m; the brokers may ask for more, usually 6s";

    private enum Offset
    {
        Earliest,
        Latest,
    }

    public static KafkaReceiverOptions Read(YamlSection kafka, string name)
    {
        var options = new KafkaReceiverOptions
        {
            Name = name,
            Connection = KafkaConnectionSection.Read(kafka),
            Sources = KafkaTopicsSection.Read(kafka, (section, topic, encoding) => new KafkaSource(ReadTopics(section) ?? [topic], encoding)),
            FromEarliest = kafka.Value("initial_offset", Parse.Name<Offset>, Parse.NamesOf<Offset>()) is null or Offset.Earliest,
        };
        if (kafka.Text("group_id") is { } group)
        {
            options = options with { GroupId = group };
        }

        if (kafka.Value("session_timeout", ReadSessionTimeout, SessionTimeoutForm) is { } timeout)
        {
            options = options with { Limits = options.Limits with { SessionTimeout = timeout } };
        }

        if (ReadDeadLetters(kafka) is { } letters)
        {
            options = options with { DeadLetters = letters };
        }

        kafka.Close();
        return options;
    }

    /// <summary>From a second, below which a busy machine would cost the partitions, to librdkafka's <c>max.poll.interval.ms</c>, which must not be shorter.</summary>
    private static TimeSpan? ReadSessionTimeout(string text) =>
        Parse.DurationUpTo(TimeSpan.FromMinutes(5))(text) is { } timeout && timeout >= TimeSpan.FromSeconds(1) ? timeout : null;

    private static IReadOnlyList<string>? ReadTopics(YamlSection signal)
    {
        if (signal.Texts("topics") is not { } topics)
        {
            return null;
        }

        if (signal.IsEmptyList("topics"))
        {
            signal.Mistake("topics", $"{signal.PathOf("topics")} is empty; name at least one, or leave it out for the collector's");
        }

        foreach (var (text, node) in topics)
        {
            if (text.StartsWith('^') ? !IsExpression(text) : !KafkaTopicsSection.IsTopic(text))
            {
                signal.Refuse("topics", node, KafkaTopicsSection.TopicForm + ", or a regular expression such as ^logs\\..*");
            }
        }

        return [.. topics.Select(t => t.Text)];
    }

    private static DeadLetterTarget? ReadDeadLetters(YamlSection kafka)
    {
        if (kafka.Section("dead_letter") is not { } section)
        {
            return null;
        }

        var topic = section.Text("topic");
        var file = section.Text("file");
        section.Close();
        if ((section.Find("topic") is null) == (section.Find("file") is null))
        {
            kafka.Mistake("dead_letter", $"{kafka.PathOf("dead_letter")} takes either topic or file; write {{topic: NAME}} or {{file: PATH}}");
        }
        else if (topic is not null && !KafkaTopicsSection.IsTopic(topic))
        {
            section.Refuse("topic", KafkaTopicsSection.TopicForm);
        }

        return new DeadLetterTarget(topic, file is null ? null : Path.GetFullPath(Path.Combine(section.Context.Directory, file)));
    }

    /// <summary>librdkafka's expressions are the C library's; what .NET can't read either is a mistake for sure.</summary>
    private static bool IsExpression(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking).ToString().Length > 0;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
