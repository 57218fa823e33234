using Google.Protobuf.Reflection;
using Redactor.Locate;
using Redactor.Otlp;
using Redactor.Otlp.Profiles;

namespace Redactor.Tests.Locate;

public sealed class OtlpFieldsTests
{
    public static TheoryData<Signal> Signals => [.. Enum.GetValues<Signal>()];

    [Theory]
    [MemberData(nameof(Signals))]
    public void Every_field_of_every_request_is_classified_once(Signal signal)
    {
        var seen = new HashSet<string>();
        Compare(RequestDescriptor(signal), OtlpFields.Request(signal), seen);
        Assert.True(seen.Count > 8);
    }

    [Fact]
    public void Places_are_a_small_set_of_labels()
    {
        var places = new HashSet<string>();
        foreach (Signal signal in Enum.GetValues<Signal>())
        {
            CollectPlaces(OtlpFields.Request(signal), places, []);
        }

        Assert.InRange(places.Count, 20, 40);
        Assert.All(places, place => Assert.Matches("^[a-z_]+(\\.[a-z_]+)*$", place));
    }

    internal static MessageDescriptor RequestDescriptor(Signal signal) => signal switch
    {
        Signal.Traces => ExportTraceServiceRequest.Descriptor,
        Signal.Metrics => ExportMetricsServiceRequest.Descriptor,
        Signal.Logs => ExportLogsServiceRequest.Descriptor,
        _ => ExportProfilesServiceRequest.Descriptor,
    };

    private static void Compare(MessageDescriptor descriptor, OtlpMessage message, HashSet<string> seen)
    {
        Assert.Equal(descriptor.FullName, message.Name);
        if (!seen.Add(message.Name))
        {
            return;
        }

        Assert.Equal(descriptor.Fields.InFieldNumberOrder().Select(f => f.FieldNumber), message.Fields.Select(f => f.Number));
        foreach (FieldDescriptor expected in descriptor.Fields.InFieldNumberOrder())
        {
            OtlpField field = message.Find(expected.FieldNumber)!;
            Assert.Equal(expected.JsonName, field.JsonName);
            Assert.Same(field, message.Find(System.Text.Encoding.UTF8.GetBytes(expected.JsonName)));
            Assert.Equal(WireTypeOf(expected), field.Wire);
            Assert.Equal(expected.IsRepeated && WireTypeOf(expected) != WireType.Length, field.Packable);
            Assert.Contains(field.Kind, KindsFor(expected.FieldType));
            if (field.Kind == FieldKind.Message)
            {
                Compare(expected.MessageType, field.Message!, seen);
            }
        }
    }

    /// <summary>What a field of a type may be: no text or bytes can be called opaque.</summary>
    private static FieldKind[] KindsFor(FieldType type) => type switch
    {
        FieldType.String => [FieldKind.Text, FieldKind.Name],
        FieldType.Bytes => [FieldKind.Bytes, FieldKind.Id],
        FieldType.Message => [FieldKind.Message],
        _ => [FieldKind.Number, FieldKind.Opaque, FieldKind.NameIndex, FieldKind.TextIndex],
    };

    private static WireType WireTypeOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String or FieldType.Bytes or FieldType.Message => WireType.Length,
        FieldType.Fixed64 or FieldType.SFixed64 or FieldType.Double => WireType.Fixed64,
        FieldType.Fixed32 or FieldType.SFixed32 or FieldType.Float => WireType.Fixed32,
        _ => WireType.Varint,
    };

    private static void CollectPlaces(OtlpMessage message, HashSet<string> places, HashSet<OtlpMessage> seen)
    {
        foreach (OtlpField field in seen.Add(message) ? message.Fields : [])
        {
            if (field.Place is not null)
            {
                places.Add(field.Place);
            }

            if (field.Message is not null)
            {
                CollectPlaces(field.Message, places, seen);
            }
        }
    }
}
