namespace Redactor.Forward;

/// <summary>Options -> exporters.</summary>
public static class Exporters
{
    /// <param name="options">One exporter's options.</param>
    /// <param name="output">Where the debug exporter writes.</param>
    /// <param name="logger">Told when a backend's state changes.</param>
    public static IExporter Create(ExporterOptions options, Stream output, ILogger logger) => options switch
    {
        OtlpExporterOptions { Transport: OtlpTransport.Grpc } grpc => new OtlpGrpcExporter(grpc, logger),
        OtlpExporterOptions http => new OtlpHttpExporter(http, logger),
        DebugExporterOptions debug => new DebugExporter(debug, output),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.GetType(), "not an exporter of this build"),
    };
}
