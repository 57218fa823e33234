using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Redactor.Otlp;

namespace Redactor.Tests.Redact;

/// <summary>
/// Writes a message in one of the many ways that protobuf allows: fields in any order, lengths and tags as overlong varints, a string
/// twice (the last counts). Decoded, it is the same message.
/// </summary>
internal sealed class ShuffledWriter(int seed)
{
    private readonly Random random = new(seed);

    public byte[] Write(IMessage message)
    {
        var chunks = new List<(int Field, byte[] Bytes)>();
        foreach (FieldDescriptor field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            foreach (byte[] chunk in Chunks(message, field))
            {
                chunks.Add((field.FieldNumber, chunk));
            }
        }

        // The order of fields is free, that of one field's values is not.
        int[] order = [.. chunks.Select(c => c.Field)];
        random.Shuffle(order);
        var queues = chunks.GroupBy(c => c.Field).ToDictionary(g => g.Key, g => new Queue<byte[]>(g.Select(c => c.Bytes)));
        return [.. order.SelectMany(field => queues[field].Dequeue())];
    }

    private IEnumerable<byte[]> Chunks(IMessage message, FieldDescriptor field)
    {
        object? value = field.Accessor.GetValue(message);
        if (field.IsRepeated && field.FieldType is FieldType.Message or FieldType.String && field.IsRepeated)
        {
            foreach (object element in (IList)value)
            {
                yield return Delimited(field, element is IMessage child ? Write(child) : ByteString.CopyFromUtf8((string)element).ToByteArray());
            }
        }
        else if (field.FieldType == FieldType.Message)
        {
            if (value is not null)
            {
                yield return Delimited(field, Write((IMessage)value));
            }
        }
        else if (field.FieldType == FieldType.String && (string)value != "")
        {
            byte[] text = ByteString.CopyFromUtf8((string)value).ToByteArray();
            if (random.Next(4) == 0)
            {
                // All keys that a pair repeats are looked up and numbered, so a secret one would change what is expected of the last.
                string first = message is KeyValue ? "first" : RedactTesting.Canary + " first";
                yield return Delimited(field, ByteString.CopyFromUtf8(first).ToByteArray());
            }

            yield return Delimited(field, text);
        }
        else if (field.IsRepeated || !field.HasPresence || field.Accessor.HasValue(message))
        {
            IMessage alone = message.Descriptor.Parser.ParseFrom(ByteString.Empty);
            if (field.IsRepeated)
            {
                foreach (object element in (IList)value)
                {
                    ((IList)field.Accessor.GetValue(alone)).Add(element);
                }
            }
            else
            {
                field.Accessor.SetValue(alone, value);
            }

            yield return alone.ToByteArray();
        }
    }

    private byte[] Delimited(FieldDescriptor field, byte[] content) =>
        [.. Varint((uint)(field.FieldNumber << 3) | 2), .. Varint((uint)content.Length), .. content];

    private byte[] Varint(uint value)
    {
        var bytes = new List<byte>();
        int overlong = random.Next(8) == 0 ? random.Next(1, 4) : 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)(value | (overlong > 0 ? 0x80u : 0)));
        for (; overlong > 0; overlong--)
        {
            bytes.Add((byte)(overlong > 1 ? 0x80 : 0));
        }

        return [.. bytes];
    }
}
