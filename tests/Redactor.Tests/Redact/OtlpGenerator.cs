using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Redactor.Locate;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

/// <summary>
/// Fills messages by their descriptors: a canary in every string and in all bytes but ids, digits that would be a card number in every number.
/// The same seed gives the same message.
/// </summary>
internal sealed class OtlpGenerator(int seed, int valueDepth)
{
    private readonly Random random = new(seed);
    private int counter;

    public IMessage Request(Signal signal)
    {
        IMessage request = Tests.Locate.OtlpFieldsTests.RequestDescriptor(signal).Parser.ParseFrom(ByteString.Empty);
        Fill(request, OtlpFields.Request(signal), valueDepth);
        return request;
    }

    private void Fill(IMessage message, OtlpMessage table, int depth)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.RealContainingOneof is { } oneof && oneof.Fields[random.Next(oneof.Fields.Count)] != field)
            {
                continue;
            }

            OtlpField kind = table.Find(field.FieldNumber)!;
            if (!field.IsRepeated)
            {
                if (Value(field, kind, depth) is { } value)
                {
                    field.Accessor.SetValue(message, value);
                }

                continue;
            }

            var list = (IList)field.Accessor.GetValue(message);
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                if (Value(field, kind, depth) is { } value)
                {
                    list.Add(value);
                }
            }
        }
    }

    private object? Value(FieldDescriptor field, OtlpField kind, int depth)
    {
        switch (field.FieldType)
        {
            case FieldType.String:
                return kind.Kind == FieldKind.Name && random.Next(4) == 0 ? "http.request.header.password" : Text();
            case FieldType.Bytes:
                return kind.Kind == FieldKind.Id ? Bytes(kind.IdLength) : Content();
            case FieldType.Bool:
                return true;
            case FieldType.Enum:
                return 1;
            case FieldType.Double:
                return (double)Card;
            case FieldType.Int64 or FieldType.SFixed64:
                return Card;
            case FieldType.UInt64 or FieldType.Fixed64:
                return (ulong)Card;
            case FieldType.Int32 or FieldType.SInt32:
                return kind.Kind is FieldKind.NameIndex or FieldKind.TextIndex ? 0 : 411111111;
            case FieldType.UInt32 or FieldType.Fixed32:
                return 411111111u;
            default:
                return Child(field.MessageType, kind.Message!, depth);
        }
    }

    private IMessage? Child(MessageDescriptor type, OtlpMessage table, int depth)
    {
        int below = table.Shape == MessageShape.AnyValue ? depth - 1 : depth;
        if (below < 0)
        {
            return null;
        }

        IMessage child = type.Parser.ParseFrom(ByteString.Empty);
        Fill(child, table, below);
        return child;
    }

    private string Text() => random.Next(5) switch
    {
        0 => Canary,
        1 => $"{++counter} {Canary} é {Canary}{Canary}",
        2 => $"card {Card}, bearer {Canary}",
        3 => "",
        _ => $"plain {++counter}",
    };

    private ByteString Content() => random.Next(3) switch
    {
        0 => ByteString.CopyFromUtf8(Text()),
        1 => ByteString.CopyFrom([0xFF, 0x00, .. ByteString.CopyFromUtf8(Canary).ToByteArray(), 0xC3]),
        _ => Bytes(random.Next(40)),
    };

    private ByteString Bytes(int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return ByteString.CopyFrom(bytes);
    }
}
