namespace Redactor.Locate;

/// <summary>
/// Walks all of a protobuf payload, before anything in it is searched: takes the texts of its units, and the places where what is no text has to be looked at. Whatever is known to
/// be harmless is left out: ids, times, most numbers, keys that were seen before. What is no valid message anywhere is found out here.
/// </summary>
public readonly ref struct ProtobufUnits
{
    // Of the attributes in every request: KeyValue.key (1), KeyValue.value (2), AnyValue.string_value (1).
    private const byte KeyTag = (1 << 3) | (byte)WireType.Length, ValueTag = (2 << 3) | (byte)WireType.Length, TextTag = (1 << 3) | (byte)WireType.Length;

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
            if (field is null or not { Kind: FieldKind.Message })
            {
                Add(field, wire.Type, wire.Start, wire.Length, wire.Value);
            }
            else
            {
                OtlpMessage message = field.Message!;
                LocateStatus status = message.Shape == MessageShape.KeyValue ? ReadPair(message, wire.Start, wire.End, depth + 1) : ReadMessage(message, wire.Start, wire.End, depth + 1);
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

    /// <summary>
    /// Reads a pair. Half of a request are pairs, and nearly all of them a key and behind it a value, mostly a text, with lengths of one byte: these are taken apart at once.
    /// Not those of profiles, whose keys are numbers: bytes in place of one are an unknown field.
    /// </summary>
    private LocateStatus ReadPair(OtlpMessage type, int start, int end, int depth)
    {
        const int header = 2, least = 3 * header;
        ReadOnlySpan<byte> pair = payload[start..end];
        if (depth >= LocateLimits.MaxNesting || pair.Length is < least or >= 0x80 || pair[0] != KeyTag || pair[1] > pair.Length - least || type.Find(KeyTag >> 3)!.Kind != FieldKind.Name)
        {
            return ReadMessage(type, start, end, depth);
        }

        ReadOnlySpan<byte> value = pair[(header + pair[1])..];
        if (value[0] != ValueTag || value[1] != value.Length - header)
        {
            return ReadMessage(type, start, end, depth);
        }

        AddName(start + header, pair[1]);
        if (value[2] != TextTag || value[3] != value.Length - (2 * header))
        {
            return ReadMessage(type.Find(ValueTag >> 3)!.Message!, end - value[1], end, depth + 1);
        }

        texts.Add(payload, end - value[3], value[3], UnitKind.Text);
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
            case FieldKind.Id when length != field.IdLength:
            case null when type == WireType.Length:
                texts.AddPlace(start);
                break;
        }
    }

    /// <summary>Adds a key, unless it is known: then only what it says of its value counts.</summary>
    private void AddName(int start, int length)
    {
        if (!names.TryFind(payload.Slice(start, length), out int rule))
        {
            texts.Add(payload, start, length, UnitKind.Name);
        }
        else if (rule >= 0)
        {
            texts.AddPlace(start);
        }
    }
}
