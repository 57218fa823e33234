namespace Redactor.Receive.Grpc;

/// <summary>The gRPC methods of OTLP.</summary>
internal static class GrpcMethods
{
    /// <summary>The signal that the method at <paramref name="path"/> takes, or null if there is no such method.</summary>
    public static Signal? Find(string? path) => path switch
    {
        "/opentelemetry.proto.collector.trace.v1.TraceService/Export" => Signal.Traces,
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" => Signal.Metrics,
        "/opentelemetry.proto.collector.logs.v1.LogsService/Export" => Signal.Logs,
        "/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export" => Signal.Profiles,
        _ => null,
    };
}
