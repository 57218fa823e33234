namespace Redactor.Locate;

/// <summary>
/// The one table that says of every field of every OTLP request what it is: text, name, number, bytes, id, opaque or a message.
/// Both walkers are driven by it; a test holds it against the descriptors of the generated types. A file a signal.
/// </summary>
public static partial class OtlpFields
{
    /// <summary>The place of the strings in the string table of a profiles request.</summary>
    internal const string StringTablePlace = "profile.string";

    static OtlpFields()
    {
        DefineCommon();
        DefineTraces();
        DefineMetrics();
        DefineLogs();
        DefineProfiles();
    }

    /// <summary>The type of a whole request.</summary>
    public static OtlpMessage Request(Signal signal) => signal switch
    {
        Signal.Traces => TracesRequest,
        Signal.Metrics => MetricsRequest,
        Signal.Logs => LogsRequest,
        Signal.Profiles => ProfilesRequest,
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    };

    private static OtlpField Text(int number, string name, string? place) => new(number, name, FieldKind.Text, WireType.Length) { Place = place };

    private static OtlpField Child(int number, string name, OtlpMessage type, string? place = null) =>
        new(number, name, FieldKind.Message, WireType.Length) { Message = type, Place = place };

    private static OtlpField TraceId(int number, string name = "traceId") => Id(number, name, 16);

    private static OtlpField SpanId(int number, string name = "spanId") => Id(number, name, 8);

    private static OtlpField Id(int number, string name, int length) =>
        new(number, name, FieldKind.Id, WireType.Length) { IdLength = length, Place = "id" };

    private static OtlpField Varint(int number, string name) => new(number, name, FieldKind.Opaque, WireType.Varint);

    private static OtlpField Fixed64(int number, string name) => new(number, name, FieldKind.Opaque, WireType.Fixed64);

    private static OtlpField Fixed32(int number, string name) => new(number, name, FieldKind.Opaque, WireType.Fixed32);

    private static OtlpField Repeated(OtlpField field) => field with { Packable = true };
}
