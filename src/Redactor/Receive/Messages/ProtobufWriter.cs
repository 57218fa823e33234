using Google.Protobuf;

namespace Redactor.Receive.Messages;

/// <summary>Writes one small message, field by field. What equals the default of its type is left out, as proto3 has it.</summary>
internal sealed class ProtobufWriter : IDisposable
{
    private readonly MemoryStream stream = new();
    private readonly CodedOutputStream output;

    public ProtobufWriter() => output = new CodedOutputStream(stream, leaveOpen: true);

    public ProtobufWriter Number(int field, long value)
    {
        if (value != 0)
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteInt64(value);
        }

        return this;
    }

    public ProtobufWriter Text(int field, string value)
    {
        if (value.Length > 0)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteString(value);
        }

        return this;
    }

    public ProtobufWriter Message(int field, byte[] message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(message));
        return this;
    }

    public byte[] ToArray()
    {
        output.Flush();
        return stream.ToArray();
    }

    public void Dispose()
    {
        output.Dispose();
        stream.Dispose();
    }
}
