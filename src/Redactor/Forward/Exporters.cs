namespace Redactor.Forward;

/// <summary>Options -> exporters.</summary>
public static class Exporters
{
    /// <param name="options">One exporter's options.</param>
    /// <param name="output">Where the debug exporter writes.</param>
    public static IExporter Create(ExporterOptions options, Stream output) => options switch
    {
        OtlpExporterOptions { Transport: OtlpTransport.Grpc } grpc => new OtlpGrpcExporter(grpc),
        OtlpExporterOptions http => new OtlpHttpExporter(http),
        DebugExporterOptions debug => new DebugExporter(debug, output),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.GetType(), "not an exporter of this build"),
    };
}
