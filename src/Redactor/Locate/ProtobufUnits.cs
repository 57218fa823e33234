using System.Runtime.CompilerServices;

namespace Redactor.Locate;

/// <summary>
/// Walks all of a protobuf payload, before anything in it is searched: takes the texts of its units, and the places where what is no text has to be looked at. Whatever is known to
/// be harmless is left out: ids, times, most numbers, keys that were seen before. What is no valid message anywhere is found out here.
/// </summary>
public readonly ref partial struct ProtobufUnits
{
    private readonly ReadOnlySpan<byte> payload;
    private readonly UnitTexts texts;
    private readonly NameCache names;
    private readonly StreamSigns streams;

    private ProtobufUnits(ReadOnlySpan<byte> payload, LocateScratch scratch)
    {
        this.payload = payload;
        texts = scratch.Texts;
        names = scratch.Names;
        streams = scratch.Streams;
    }

    /// <summary>Fills the scratch space's texts and its signs of streams.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="request">Its type.</param>
    /// <param name="scratch">Receives the texts.</param>
    public static LocateStatus Read(ReadOnlySpan<byte> payload, OtlpMessage request, LocateScratch scratch)
    {
        scratch.Texts.Begin(payload.Length);
        scratch.Streams.Clear();
        return new ProtobufUnits(payload, scratch).ReadMessage(request, 0, payload.Length, 1);
    }

    private LocateStatus ReadMessage(OtlpMessage type, int start, int end, int depth)
    {
        if (depth > LocateLimits.MaxNesting)
        {
            return LocateStatus.TooDeep;
        }

        bool isRecord = type.Shape == MessageShape.Record;
        var reader = new ProtobufReader(payload, start, end);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead(out WireField wire))
            {
                return LocateStatus.Malformed;
            }

            if (isRecord)
            {
                streams.Add(wire);
            }

            OtlpField? field = type.Find(wire);
            if (field is { Kind: FieldKind.Opaque } || (field is { Kind: FieldKind.Id } && wire.Length == field.IdLength))
            {
                continue; // ids, times and counts are half of the fields of a span
            }

            if (field is null or not { Kind: FieldKind.Message })
            {
                Add(field, wire.Type, wire.Start, wire.Length, wire.Value);
            }
            else
            {
                OtlpMessage message = field.Message!;
                if (message.Shape == MessageShape.KeyValue && TryTakePairs(message, wire.TagStart, end, depth + 1, out int behind))
                {
                    reader.GoTo(behind);
                    continue;
                }

                LocateStatus status = ReadMessage(message, wire.Start, wire.End, depth + 1);
                if (status != LocateStatus.Ok)
                {
                    return status;
                }
            }
        }

        if (isRecord)
        {
            streams.EndRecord(payload);
        }

        return LocateStatus.Ok;
    }

    private void Add(OtlpField? field, WireType type, int start, int length, ulong value)
    {
        switch (field?.Kind)
        {
            case FieldKind.Text:
                texts.Add(payload, start, length, UnitKind.Text);
                break;
            case FieldKind.Name:
                AddName(start, length);
                break;

            // Bytes with backslashes are text with escapes, or no text and without any, so that they are read by themselves.
            case FieldKind.Bytes when !payload.Slice(start, length).Contains((byte)'\\'):
                texts.Add(payload, start, length, UnitKind.Text);
                break;
            case FieldKind.Bytes:
            case FieldKind.Number when NumberText.IsScanned(type, value):
            case FieldKind.Id:
            case null when type == WireType.Length:
                texts.AddPlace(start);
                break;
        }
    }

    /// <summary>Adds a key, unless it is known: then only what it says of its value counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddName(int start, int length)
    {
        if (!names.TryFind(payload[start..], length, out int rule))
        {
            texts.Add(payload, start, length, UnitKind.Name);
        }
        else if (rule >= 0)
        {
            texts.AddPlace(start);
        }
    }
}
