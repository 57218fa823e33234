using System.Runtime.InteropServices;
using Confluent.Kafka;
using Redactor.Kafka;

namespace Redactor.Tests.Kafka;

/// <summary>librdkafka's own brokers, in this process: real sockets and the real protocol, with faults on demand. Keeps 5 MiB a partition.</summary>
internal sealed partial class MockCluster : IDisposable
{
    /// <summary>The protocol's number of a request to produce.</summary>
    public const short ProduceRequest = 0;

    private const string Library = "librdkafka";
    private const int Producer = 0;
    private const int ErrorTextLength = 512;

    private readonly nint client;
    private readonly nint cluster;
    private readonly int brokers;

    static MockCluster()
    {
        Assert.Null(KafkaLibrary.Prepare());
        NativeLibrary.SetDllImportResolver(typeof(MockCluster).Assembly, (name, _, _) => name == Library ? KafkaLibrary.Handle : 0);
    }

    public MockCluster(int brokers = 1)
    {
        this.brokers = brokers;
        client = New(Producer, NewConfiguration(), new byte[ErrorTextLength], ErrorTextLength);
        cluster = NewCluster(client, brokers);
        SetRebalanceDelay(cluster, 100);
        Bootstrap = Marshal.PtrToStringUTF8(Bootstraps(cluster))!;
    }

    public string Bootstrap { get; }

    public void CreateTopic(string topic, int partitions) => Assert.Equal(0, CreateTopic(cluster, topic, partitions, 1));

    /// <summary>Lets the next requests of one kind fail, one error after the other.</summary>
    public void FailNext(short request, params ErrorCode[] errors) => PushErrors(cluster, request, (nuint)errors.Length, [.. errors.Select(e => (int)e)]);

    public void SetDown()
    {
        for (int broker = 1; broker <= brokers; broker++)
        {
            Assert.Equal(0, SetDown(cluster, broker));
        }
    }

    public void SetUp()
    {
        for (int broker = 1; broker <= brokers; broker++)
        {
            Assert.Equal(0, SetUp(cluster, broker));
        }
    }

    /// <summary>Says to clients that the one broker is somewhere else: where a proxy listens.</summary>
    public void Advertise(int port) => SetHostPort(cluster, 1, "127.0.0.1", port);

    public void Dispose()
    {
        DestroyCluster(cluster);
        Destroy(client);
    }

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    private static partial nint NewConfiguration();

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    private static partial nint New(int type, nint configuration, [Out] byte[] error, nuint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    private static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    private static partial nint NewCluster(nint client, int brokers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static partial void DestroyCluster(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static partial nint Bootstraps(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    private static partial void SetRebalanceDelay(nint cluster, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateTopic(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    private static partial void PushErrors(nint cluster, short request, nuint count, int[] errors);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static partial int SetDown(nint cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static partial int SetUp(nint cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_host_port", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetHostPort(nint cluster, int broker, string host, int port);
}
