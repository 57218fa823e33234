using System.Text;
using Confluent.Kafka;
using Redactor.Configuration;
using Redactor.Forward.Kafka;
using Redactor.Kafka;
using Redactor.Receive.Kafka;

namespace Redactor.Tests.Configuration;

public sealed class KafkaSectionTests
{
    [Fact]
    public void Every_setting_of_receiver_and_exporter_is_read()
    {
        var options = Read("""
            receivers:
              kafka:
                brokers: [one:9092, two:9093]
                group_id: group
                client_id: client
                initial_offset: latest
                session_timeout: 10s
                traces: {topics: [spans, "^more-.*"], encoding: otlp_json}
                logs: {topics: lines, encoding: text}
                dead_letter: {file: letters.jsonl}
                tls: {insecure_skip_verify: true}
                auth: {sasl: {mechanism: SCRAM-SHA-512, username: u, password: "${env:PASSWORD}"}}
              kafka/second:
                brokers: three:9092
                metrics:
                auth: {sasl: {mechanism: OAUTHBEARER, oauthbearer: {token_url: "https://login/token", client_id: c, client_secret: "${env:PASSWORD}", scopes: [a, b]}}}
            exporters:
              kafka:
                brokers: [one:9092]
                traces: {topic: clean, encoding: otlp_proto}
                logs: {topic: clean-lines, encoding: raw}
                metrics: {}
                producer: {compression: zstd, max_message_bytes: 2000000, required_acks: -1}
                timeout: 3s
            """).Options!;

        var first = options.KafkaReceivers[0];
        Assert.Equal(("kafka", "group", false, "client"), (first.Name, first.GroupId, first.FromEarliest, first.Connection.ClientId));
        Assert.Equal(TimeSpan.FromSeconds(10), first.Limits.SessionTimeout);
        Assert.Equal(["one:9092", "two:9093"], first.Connection.Brokers);
        Assert.Equal([Signal.Traces, Signal.Logs], first.Sources.Keys);
        Assert.Equal(["spans", "^more-.*"], first.Sources[Signal.Traces].Topics);
        Assert.Equal((PayloadEncoding.Json, PayloadEncoding.Text), (first.Sources[Signal.Traces].Encoding, first.Sources[Signal.Logs].Encoding));
        Assert.Equal(new DeadLetterTarget(null, "/etc/letters.jsonl"), first.DeadLetters);
        Assert.Equal(new KafkaTls(null, null, null, SkipVerify: true), first.Connection.Tls);
        Assert.Equal(new KafkaSasl(KafkaSaslMechanism.ScramSha512, "u", "value"), first.Connection.Sasl);
        var second = options.KafkaReceivers[1];
        Assert.Equal(("kafka/second", "redactor", true), (second.Name, second.GroupId, second.FromEarliest));
        Assert.Equal(["otlp_metrics"], Assert.Single(second.Sources).Value.Topics);
        Assert.Equal(new DeadLetterTarget("redactor.dead-letters", null), second.DeadLetters);
        Assert.Equal(new KafkaSasl(KafkaSaslMechanism.OAuthBearer, "c", "value", new Uri("https://login/token"), "a b"), second.Connection.Sasl);
        var exporter = Assert.IsType<KafkaExporterOptions>(Assert.Single(options.Exporters));
        Assert.Equal(new KafkaTarget("clean", PayloadEncoding.Protobuf), exporter.Targets[Signal.Traces]);
        Assert.Equal(new KafkaTarget("clean-lines", PayloadEncoding.Raw), exporter.Targets[Signal.Logs]);
        Assert.Equal(new KafkaTarget("otlp_metrics", PayloadEncoding.Protobuf), exporter.Targets[Signal.Metrics]);
        Assert.Equal(exporter.Targets.Keys, exporter.Signals);
        Assert.Equal((CompressionType.Zstd, 2_000_000, TimeSpan.FromSeconds(3)), (exporter.Producer.Compression, exporter.Producer.MaxMessageBytes, exporter.Producer.Timeout));
        Assert.True(exporter.Timeout > exporter.Producer.Timeout);
        Assert.Equal(4317, options.Receiver.Grpc!.Address.Port);
    }

    [Fact]
    public void Naming_no_signal_takes_all_with_the_collectors_topics()
    {
        var receiver = Assert.Single(Read("receivers: {kafka: {brokers: [\"a:1\"]}}").Options!.KafkaReceivers);

        Assert.Equal(["otlp_spans", "otlp_metrics", "otlp_logs"], receiver.Sources.Values.SelectMany(s => s.Topics));
    }

    [Fact]
    public void The_example_of_the_compose_file_is_right() =>
        Assert.Empty(ConfigurationFile.Load(Path.Combine(Repository.Root, "docs", "kafka", "redactor.yaml")).Mistakes);

    [Theory]
    [InlineData("receivers: {kafka: {}}", "receivers.kafka.brokers is missing or empty; write a list of host:port")]
    [InlineData("receivers: {kafka: {brokers: [a]}}", "1:31: receivers.kafka.brokers: not the address of a broker")]
    [InlineData("receivers: {kafka: {brokers: [\"http://a:1\"]}}", "not the address of a broker")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], group: g}}", "unknown key \"receivers.kafka.group\"; there are")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], traces: {topics: [\"a b\"]}}}", "'a b' can't be used; write a topic's name: letters, digits, '.', '_' and '-', or a regular expression")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], traces: {topics: [\"^a[\"]}}}", "'^a[' can't be used; write a topic's name")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], traces: {topics: []}}}", "receivers.kafka.traces.topics is empty")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], traces: {encoding: json}}}", "receivers.kafka.traces.encoding can't be \"json\"")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], initial_offset: middle}}", "write earliest or latest")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], session_timeout: 900ms}}", "'900ms' can't be used; write a duration from 1s to 5m")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], dead_letter: {topic: a, file: b}}}", "takes either topic or file")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], auth: {sasl: {username: u, password: \"${env:PASSWORD}\"}}}}", "mechanism is missing; write one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], auth: {sasl: {mechanism: PLAIN, username: u}}}}", "receivers.kafka.auth.sasl.password is missing")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], auth: {sasl: {mechanism: PLAIN, username: u, password: literal}}}}", "receivers.kafka.auth.sasl.password stands in the file; write ${file:PATH} or ${env:NAME}")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], auth: {sasl: {mechanism: OAUTHBEARER}}}}", "oauthbearer is missing; write {token_url:")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], tls: {ca_file: missing.pem}}}", "can't be read")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], traces: , dead_letter: {topic: otlp_spans}}}", "would consume its own dead letters in the topic otlp_spans")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], metrics: }}\nexporters: {debug: {signals: [traces]}}", "receivers.kafka consumes metrics, and no exporter takes them")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], traces: }}\nexporters: {kafka: {brokers: [\"a:1\"], traces: }}", "would consume what exporters.kafka writes to the topic otlp_spans, for ever")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], traces: {topics: [\"^otlp.*\"]}}}\nexporters: {kafka: {brokers: [\"a:1\", \"b:1\"], traces: {topic: otlp_out}}}", "writes to the topic otlp_out, for ever")]
    [InlineData("exporters: {kafka: {brokers: [\"a:1\"], producer: {required_acks: 1}}}", "'1' can't be used; write -1 or all")]
    [InlineData("exporters: {kafka: {brokers: [\"a:1\"], producer: {compression: brotli}}}", "compression can't be \"brotli\"")]
    [InlineData("exporters: {kafka: {brokers: [\"a:1\"], signals: [traces]}}", "unknown key \"exporters.kafka.signals\"")]
    [InlineData("exporters: {kafka: {brokers: [\"a:1\"], logs: {topic: \"^x\"}}}", "can't be used; write a topic's name")]
    public void A_mistake_is_told_with_what_would_be_right(string yaml, string expected)
    {
        var mistake = Assert.Single(Read(yaml).Mistakes);

        Assert.Contains(expected, mistake.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("literal", mistake.ToString(), StringComparison.Ordinal);
    }

    private static ConfigurationResult Read(string yaml) =>
        ConfigurationFile.Read(Encoding.UTF8.GetBytes(yaml), "redactor.yaml", "/etc", name => name == "PASSWORD" ? "value" : null);
}
