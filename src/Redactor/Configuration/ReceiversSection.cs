using Redactor.Receive;
using Redactor.Receive.Kafka;

namespace Redactor.Configuration;

/// <summary>
/// The section <c>receivers</c>: <c>otlp</c>, and any number of <c>kafka</c>, told apart by a name behind a slash. As in the collector, naming
/// one protocol of OTLP leaves the other out; naming none takes both.
/// </summary>
internal static class ReceiversSection
{
    private const int MiB = 1024 * 1024;

    /// <summary>Greatest message limit that can be set, in MiB: arrays end at 2 GiB, and a sidecar's memory long before.</summary>
    private const int GreatestMessageMib = 1024;

    /// <summary>Greatest number of connections that can be set: what one process can have open files for on a usual machine.</summary>
    private const int GreatestConnections = 65_536;

    /// <summary>Greatest sum of requests in memory that can be set, in MiB: 64 GiB.</summary>
    private const int GreatestInFlightMib = 65_536;

    public static (ReceiverOptions Otlp, IReadOnlyList<KafkaReceiverOptions> Kafka) Read(YamlSection root, IReadOnlyList<string> passOnHeaders)
    {
        var options = new ReceiverOptions { PassOnHeaders = passOnHeaders };
        if (root.Section("receivers") is not { } receivers)
        {
            return (options, []);
        }

        if (receivers.Section("otlp") is { } otlp)
        {
            options = ReadOtlp(otlp, options);
            options = options with { Limits = ReadSharedLimits(otlp.Section("limits"), options.Limits) };
            otlp.Close();
        }

        var kafka = receivers.Keys.Where(IsKafka).Append("kafka").Distinct()
            .Select(name => receivers.Section(name) is { } section ? KafkaReceiverSection.Read(section, name) : null).OfType<KafkaReceiverOptions>().ToList();
        receivers.Close();
        return (options, kafka);
    }

    private static bool IsKafka(string name) => name == "kafka" || (name.StartsWith("kafka/", StringComparison.Ordinal) && name.Length > "kafka/".Length);

    private static ReceiverOptions ReadOtlp(YamlSection otlp, ReceiverOptions defaults)
    {
        if (otlp.Section("protocols") is not { } protocols)
        {
            return defaults;
        }

        var grpc = protocols.Section("grpc");
        var http = protocols.Section("http");
        var limits = ReadLimits(grpc, http, defaults.Limits);
        var options = defaults with { Limits = limits };
        if (grpc is not null || http is not null)
        {
            options = options with { Grpc = PortSection.Read(grpc, defaults.Grpc!), Http = PortSection.Read(http, defaults.Http!) };
        }

        protocols.Close();
        return options;
    }

    /// <summary>The limits that depend on how many senders there are, and on the memory of the machine.</summary>
    private static ReceiveLimits ReadSharedLimits(YamlSection? section, ReceiveLimits limits)
    {
        if (section is null)
        {
            return limits;
        }

        var connections = section.Value("max_connections", Parse.Integer(1, GreatestConnections), $"a whole number from 1 to {GreatestConnections}");
        var bytes = section.Mebibytes("max_in_flight_mib", GreatestInFlightMib);
        section.Close();
        limits = limits with { MaxConnections = connections ?? limits.MaxConnections, MaxBytesInFlight = bytes ?? limits.MaxBytesInFlight };
        if (limits.MaxBytesInFlight < 2L * limits.MaxMessageBytes)
        {
            section.Mistake("max_in_flight_mib", $"{section.PathOf("max_in_flight_mib")} is less than twice max_recv_msg_size_mib ({limits.MaxMessageBytes / MiB}), so that the largest message would never fit; raise it, or lower the other");
        }

        return limits;
    }

    /// <summary>The limits stand where the collector has them and hold for the whole receiver.</summary>
    private static ReceiveLimits ReadLimits(YamlSection? grpc, YamlSection? http, ReceiveLimits limits)
    {
        var sizes = new[] { grpc, http }
            .Select(s => s?.Mebibytes("max_recv_msg_size_mib", GreatestMessageMib))
            .ToList();
        if (sizes is [{ } first, { } second] && first != second)
        {
            http!.Mistake("max_recv_msg_size_mib", "one limit holds for both protocols; write the same number as under grpc, or write it once");
        }

        if ((sizes[0] ?? sizes[1]) is { } bytes)
        {
            limits = limits with { MaxMessageBytes = (int)bytes, MaxBytesInFlight = Math.Max(limits.MaxBytesInFlight, 4 * bytes) };
        }

        var keepalive = grpc?.Section("keepalive");
        var server = keepalive?.Section("server_parameters");
        if (server?.Value("max_connection_age", Parse.Duration, Parse.DurationForm) is { } age)
        {
            limits = limits with { MaxConnectionAge = age };
        }

        server?.Close();
        keepalive?.Close();
        return limits;
    }
}
