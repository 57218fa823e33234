using Google.Protobuf.Reflection;
using Redactor.Otlp;

namespace Redactor.Forward;

/// <summary>The generated type of each signal's request, for translation.</summary>
internal static class RequestTypes
{
    public static MessageDescriptor Of(Signal signal) => signal switch
    {
        Signal.Traces => ExportTraceServiceRequest.Descriptor,
        Signal.Metrics => ExportMetricsServiceRequest.Descriptor,
        Signal.Logs => ExportLogsServiceRequest.Descriptor,
        Signal.Profiles => Otlp.Profiles.ExportProfilesServiceRequest.Descriptor,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "not a signal"),
    };
}
