using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Forward;

namespace Redactor.Tests.Forward;

/// <summary>Exporters with their stages, as the program makes them.</summary>
internal static class TestExporter
{
    public static IExporter Create(ExporterOptions options) => new Exporters(Stream.Null, NullLogger.Instance, (_, _, _, _) => { }, _ => { }).Create(options);
}
