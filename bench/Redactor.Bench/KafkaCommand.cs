using System.CommandLine;
using System.Diagnostics;
using Confluent.Kafka;
using Redactor.Kafka;

namespace Redactor.Bench;

/// <summary>
/// <c>kafka [--program out/redactor] [--payload FILE.grpc] [--seconds S]</c>: what the way from topic to topic costs. The broker is librdkafka's
/// mock inside this process; it keeps 5 MiB a partition, so no more is under way at a time than that.
/// </summary>
internal static class KafkaCommand
{
    private const string Source = "bench-in";
    private const string Target = "bench-out";

    /// <summary>Partitions of a topic that the mock makes by itself.</summary>
    private const int Partitions = 4;

    /// <summary>Records under way: of 64 KiB 3 MiB in each partition.</summary>
    private const int Window = 48 * Partitions;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var program = new Option<FileInfo>("--program") { Description = "The program to measure.", DefaultValueFactory = _ => new FileInfo("out/redactor") };
        var payload = new Option<FileInfo?>("--payload") { Description = "A request with gRPC's prefix; its name begins with traces, logs or metrics. Default: one that is made up." };
        var seconds = new Option<int>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 10 };
        var command = new Command("kafka", "Drive records through the program, from topic to topic, and measure it.") { program, payload, seconds };
        command.SetAction(parsed => Run(
            parsed.GetValue(program)!,
            parsed.GetValue(payload) is { } file ? TestPayload.Load(file) : MadeUpPayload.Create(),
            TimeSpan.FromSeconds(parsed.GetValue(seconds))));
        return command;
    }

    private static int Run(FileInfo program, TestPayload payload, TimeSpan duration)
    {
        if (KafkaLibrary.Prepare() is { } missing)
        {
            Console.Error.WriteLine(missing);
            return 1;
        }

        var hosting = new ProducerConfig { MessageMaxBytes = 64 * 1024 * 1024 };
        hosting.Set("test.mock.num.brokers", "1");
        using var producer = new ProducerBuilder<Null, byte[]>(hosting).Build();
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        var broker = admin.GetMetadata(AnswerTimeout).Brokers[0];
        string address = $"{broker.Host}:{broker.Port}";
        var folder = Directory.CreateTempSubdirectory("redactor-bench-");
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig { BootstrapServers = address, GroupId = "bench", AutoOffsetReset = AutoOffsetReset.Earliest, QueuedMaxMessagesKbytes = 64 * 1024 }).Build();

        var drive = new Drive(producer, consumer, payload);
        drive.Begin();
        using var process = Process.Start(program.FullName, ["run", "--config", WriteConfiguration(folder, payload.Signal, address)]);
        try
        {
            drive.For(WarmUp);
            var before = ProcessUsage.Of(process.Id);
            var watch = Stopwatch.StartNew();
            long received = drive.For(duration);
            double elapsed = watch.Elapsed.TotalSeconds;
            var after = ProcessUsage.Of(process.Id);

            double megabytes = (double)received * payload.Message.Length / 1e6;
            double cpu = (after.ProcessorTime - before.ProcessorTime).TotalSeconds;
            Console.WriteLine($"payload   {payload.Name}, {payload.Message.Length:N0} bytes, {payload.Secrets.Count} planted secrets");
            Console.WriteLine($"records   {received:N0} in {elapsed:F1} s: {received / elapsed:F0}/s, {megabytes / elapsed:F1} MB/s");
            Console.WriteLine($"secrets   {drive.Secrets} of {payload.Secrets.Count} came through");
            Console.WriteLine($"cpu       {cpu:F2} s: {megabytes / cpu:F1} MB a CPU second");
            Console.WriteLine($"memory    {after.PeakMemory / (1 << 20)} MiB at most");
            return 0;
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
            folder.Delete(recursive: true);
        }
    }

    private static string WriteConfiguration(DirectoryInfo folder, Signal signal, string address)
    {
        string name = signal.ToString().ToLowerInvariant();
        string path = Path.Combine(folder.FullName, "redactor.yaml");
        File.WriteAllText(path, $$"""
            receivers:
              otlp: { protocols: { grpc: { endpoint: "127.0.0.1:0" } } }
              kafka: { brokers: ["{{address}}"], {{name}}: { topics: [{{Source}}] } }
            exporters:
              kafka: { brokers: ["{{address}}"], {{name}}: { topic: {{Target}} }, producer: { max_message_bytes: 67108864 } }
            health: { endpoint: "127.0.0.1:0" }
            admin: { endpoint: "127.0.0.1:0" }
            """);
        return path;
    }

    /// <summary>Keeps a window of records under way and counts what comes out.</summary>
    private sealed class Drive(IProducer<Null, byte[]> producer, IConsumer<Ignore, byte[]> consumer, TestPayload payload)
    {
        private readonly byte[] value = payload.Message.ToArray();
        private int underWay;
        private int next;

        /// <summary>Planted secrets in the last record that came out.</summary>
        public int Secrets { get; private set; }

        /// <summary>Makes both topics.</summary>
        public void Begin()
        {
            producer.Produce(Target, new Message<Null, byte[]> { Value = [] });
            producer.Produce(Source, new Message<Null, byte[]> { Value = value });
            producer.Flush(AnswerTimeout);
            consumer.Subscribe(Target);
        }

        /// <returns>Records that came out.</returns>
        public long For(TimeSpan duration)
        {
            long received = 0;
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < duration;)
            {
                while (underWay < Window)
                {
                    producer.Produce(new TopicPartition(Source, next++ % Partitions), new Message<Null, byte[]> { Value = value });
                    underWay++;
                }

                if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is { Message.Value.Length: > 0 } record)
                {
                    received++;
                    underWay--;
                    Secrets = payload.SecretsIn(record.Message.Value).Count;
                }
            }

            return received;
        }
    }
}
