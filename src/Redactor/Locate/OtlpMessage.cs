using System.Text;

namespace Redactor.Locate;

/// <summary>What a message is to the walkers, beyond its fields.</summary>
public enum MessageShape
{
    /// <summary>Only its fields.</summary>
    Plain,

    /// <summary>A name beside a value: the name may say that the value is secret. What a drop-field mask removes.</summary>
    KeyValue,

    /// <summary>A value of any kind.</summary>
    AnyValue,

    /// <summary>A span, log record, data point or profile: what a drop-record mask removes.</summary>
    Record,

    /// <summary>The tables of a profiles request, which its other messages refer to by index.</summary>
    Dictionary,
}

/// <summary>One message type of OTLP: its fields by number and by JSON name.</summary>
/// <param name="name">Full name in the .proto files.</param>
/// <param name="shape">What it is to the walkers.</param>
public sealed class OtlpMessage(string name, MessageShape shape = MessageShape.Plain)
{
    private OtlpField?[] byNumber = [];
    private readonly OtlpField?[] byTag = new OtlpField?[0x80];
    private (byte[] Name, OtlpField Field)[] byJsonName = [];

    /// <summary>Full name in the .proto files.</summary>
    public string Name { get; } = name;

    /// <summary>What it is to the walkers.</summary>
    public MessageShape Shape { get; } = shape;

    /// <summary>The fields in the order of their numbers.</summary>
    public IEnumerable<OtlpField> Fields => byNumber.OfType<OtlpField>();

    /// <summary>The field with this number, or null: one that this build does not know.</summary>
    public OtlpField? Find(int number) => (uint)number < (uint)byNumber.Length ? byNumber[number] : null;

    /// <summary>The field with this number, if the wire type is one that it may have; null: one that this build does not know.</summary>
    public OtlpField? Find(in WireField wire)
    {
        uint tag = ((uint)wire.Number << 3) | (uint)wire.Type;
        return tag < (uint)byTag.Length ? byTag[tag] : Find(wire.Number) is { } field && field.Accepts(wire.Type) ? field : null;
    }

    /// <summary>The field with this name in OTLP/JSON, or null: one that this build does not know.</summary>
    public OtlpField? Find(ReadOnlySpan<byte> jsonName)
    {
        foreach ((byte[] candidate, OtlpField field) in byJsonName)
        {
            if (jsonName.SequenceEqual(candidate))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>Gives the type its fields; apart from the constructor because types contain each other.</summary>
    internal void Define(params OtlpField[] fields)
    {
        byNumber = new OtlpField?[fields.Max(f => f.Number) + 1];
        foreach (OtlpField field in fields)
        {
            byNumber[field.Number] = field;
            foreach (WireType wire in Enum.GetValues<WireType>())
            {
                int tag = (field.Number << 3) | (int)wire;
                if (tag < byTag.Length && field.Accepts(wire))
                {
                    byTag[tag] = field;
                }
            }
        }

        byJsonName = [.. fields.Select(f => (Encoding.UTF8.GetBytes(f.JsonName), f))];
    }
}
