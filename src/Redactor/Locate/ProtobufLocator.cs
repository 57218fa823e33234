using System.Runtime.InteropServices;
using Redactor.Scanning;

namespace Redactor.Locate;

/// <summary>
/// Walks a protobuf payload to the fields in which something may have to be masked: those that hold a place worth a look, and every value beside a name that a rule calls
/// secret. Whatever holds none is skipped by its length.
/// </summary>
public ref struct ProtobufLocator
{
    private readonly ReadOnlySpan<byte> payload;
    private readonly Scanner scanner;
    private readonly ReadOnlySpan<int> places;
    private readonly bool everything;
    private readonly LocatedFieldList fields;
    private readonly StringTable strings;
    private readonly NameCache names;

    // The first place that does not lie before the field at hand: fields are read in the order in which they lie there.
    private int next;

    private ProtobufLocator(ReadOnlySpan<byte> payload, Scanner scanner, List<int>? places, LocateScratch scratch)
    {
        this.payload = payload;
        this.scanner = scanner;
        this.places = CollectionsMarshal.AsSpan(places);
        everything = places is null;
        fields = scratch.Fields;
        strings = scratch.Strings;
        names = scratch.Names;
    }

    /// <summary>Fills the scratch space's fields.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="request">Its type.</param>
    /// <param name="scanner">Its rules' names are looked up.</param>
    /// <param name="places">The places worth a look, ascending; null locates every field there is.</param>
    /// <param name="scratch">Receives the fields.</param>
    public static LocateStatus Locate(
        ReadOnlySpan<byte> payload, OtlpMessage request, Scanner scanner, List<int>? places, LocateScratch scratch)
    {
        scratch.Fields.Clear();
        scratch.Strings.Clear();
        new ProtobufLocator(payload, scanner, null, scratch).ReadStringTable(request);
        var locator = new ProtobufLocator(payload, scanner, scratch.Strings.IsEmpty ? places : null, scratch);
        LocateStatus status = locator.ReadMessage(request, 0, payload.Length, new Context(-1, -1, "payload", 1));
        scratch.Strings.MarkSecrets(scratch.Fields.Items, OtlpFields.StringTablePlace);
        return status;
    }

    /// <summary>Looks up every string of the table that the request may have. What is broken there the walk itself will meet.</summary>
    private readonly void ReadStringTable(OtlpMessage request)
    {
        var reader = new ProtobufReader(payload, 0, payload.Length);
        while (!reader.AtEnd && reader.TryRead(out WireField field))
        {
            if (field.Type != WireType.Length || request.Find(field.Number)?.Message is not { Shape: MessageShape.Dictionary } dictionary)
            {
                continue;
            }

            var entries = new ProtobufReader(payload, field.Start, field.End);
            while (!entries.AtEnd && entries.TryRead(out WireField entry))
            {
                if (entry.Type == WireType.Length && dictionary.Find(entry.Number) is { Kind: FieldKind.Text })
                {
                    strings.AddString(scanner.MatchName(payload.Slice(entry.Start, entry.Length)));
                }
            }
        }
    }

    private LocateStatus ReadMessage(OtlpMessage type, int start, int end, Context context)
    {
        if (context.Depth > LocateLimits.MaxNesting)
        {
            return LocateStatus.TooDeep;
        }

        if (type.Shape == MessageShape.KeyValue)
        {
            context = context with { NameRule = FindName(type, start, end, context.NameRule) };
        }

        var reader = new ProtobufReader(payload, start, end);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead(out WireField wire))
            {
                return LocateStatus.Malformed;
            }

            LocateStatus status = Matters(wire, context) ? ReadField(type.Find(wire.Number), wire, context) : LocateStatus.Ok;
            if (status != LocateStatus.Ok)
            {
                return status;
            }
        }

        return LocateStatus.Ok;
    }

    /// <summary>
    /// The rule that one of the names in a key-value pair is a key of. All of them count: parsers differ in which one they keep when a
    /// name is repeated, and the value may stand before it.
    /// </summary>
    private readonly int FindName(OtlpMessage type, int start, int end, int inherited)
    {
        int rule = inherited;
        var reader = new ProtobufReader(payload, start, end);
        while (!reader.AtEnd && reader.TryRead(out WireField wire))
        {
            if (rule >= 0 && !scanner.Rules[rule].Shadow)
            {
                break;
            }

            int match = type.Find(wire.Number)?.Kind switch
            {
                FieldKind.Name when wire.Type == WireType.Length => MatchName(wire),
                FieldKind.NameIndex when wire.Type == WireType.Varint => strings.NameRule(wire.Value),
                _ => -1,
            };
            rule = match >= 0 ? match : rule;
        }

        return rule;
    }

    private LocateStatus ReadField(OtlpField? field, in WireField wire, in Context context)
    {
        if (field is null || !field.Accepts(wire.Type))
        {
            if (wire.Type == WireType.Length)
            {
                Add(FieldRole.Unknown, wire, context, context.Place);
            }

            return LocateStatus.Ok;
        }

        string place = field.Place ?? context.Place;
        switch (field.Kind)
        {
            case FieldKind.Message:
                return ReadChild(field.Message!, wire, context, place);
            case FieldKind.Text:
                Add(FieldRole.Text, wire, context, place);
                break;
            case FieldKind.Name when !names.TryFind(payload.Slice(wire.Start, wire.Length), out _):
                Add(FieldRole.Name, wire, context with { NameRule = -1 }, place);
                break;
            case FieldKind.Number:
                Add(wire.Type == WireType.Varint ? FieldRole.WholeNumber : FieldRole.FloatingNumber, wire, context, place);
                break;
            case FieldKind.Bytes:
                Add(FieldRole.Bytes, wire, context, place);
                break;
            case FieldKind.Id when wire.Length != field.IdLength:
                Add(FieldRole.Unknown, wire, context, place);
                break;
            case FieldKind.TextIndex when context.NameRule >= 0:
                strings.AddSecret(wire.Value, context.NameRule);
                break;
        }

        return LocateStatus.Ok;
    }

    private LocateStatus ReadChild(OtlpMessage type, in WireField wire, in Context context, string place)
    {
        int index = Add(FieldRole.Message, wire, context, place, type.Shape);
        LocateStatus status = ReadMessage(type, wire.Start, wire.End, new Context(index, context.NameRule, place, context.Depth + 1));
        fields.CloseMessage(index);
        return status;
    }

    /// <summary>The rule that a name is a key of, or -1. Every name that is holds a place.</summary>
    private readonly int MatchName(in WireField name)
    {
        int place = next;
        while (place < places.Length && places[place] < name.TagStart)
        {
            place++;
        }

        if (!everything && (place == places.Length || places[place] >= name.End))
        {
            return -1;
        }

        ReadOnlySpan<byte> text = payload.Slice(name.Start, name.Length);
        return names.TryFind(text, out int rule) ? rule : scanner.MatchName(text);
    }

    private readonly int Add(FieldRole role, in WireField wire, in Context context, string place, MessageShape shape = MessageShape.Plain) => fields.Add(new LocatedField
    {
        Role = role,
        FieldStart = wire.TagStart,
        PrefixStart = wire.ValueStart,
        Start = wire.Start,
        End = wire.End,
        Parent = context.Parent,
        NameRule = context.NameRule,
        Shape = shape,
        Number = wire.Value,
        Place = place,
    });

    /// <summary>Whether anything in a field may have to be masked.</summary>
    private bool Matters(in WireField wire, in Context context)
    {
        if (everything || context.NameRule >= 0)
        {
            return true;
        }

        while (next < places.Length && places[next] < wire.TagStart)
        {
            next++;
        }

        return next < places.Length && places[next] < wire.End;
    }

    /// <summary>What a message takes from the messages around it.</summary>
    /// <param name="Parent">Index of the message itself in the list, or -1.</param>
    /// <param name="NameRule">The rule that names the value it belongs to, or -1.</param>
    /// <param name="Place">Where it is said to be.</param>
    /// <param name="Depth">How many messages deep it is, counted from 1.</param>
    private readonly record struct Context(int Parent, int NameRule, string Place, int Depth);
}
