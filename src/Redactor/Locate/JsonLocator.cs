using System.Buffers;
using System.Text.Json;
using Redactor.Scanning;

namespace Redactor.Locate;

/// <summary>
/// Walks a JSON payload to the tokens in which something may have to be masked. Of an OTLP/JSON request the table says what each member is;
/// members it does not know, and any other JSON, are read generically: every string and number is text, every member's name may name a secret.
/// The reader is the base library's, which is strict about RFC 8259; strings that hold escapes are always located, since the filter can't see
/// into them.
/// </summary>
public ref partial struct JsonLocator
{
    private static readonly Context None = new(-1, -1, "", -1, -1);

    private readonly Scanner scanner;
    private readonly List<int>? places;
    private readonly LocatedFieldList fields;
    private readonly StringTable strings;
    private readonly ArrayBufferWriter<byte> plain;
    private readonly List<Escape> escapes;
    private Utf8JsonReader reader;

    private JsonLocator(ReadOnlySpan<byte> payload, Scanner scanner, List<int>? places, LocateScratch scratch)
    {
        this.scanner = scanner;
        this.places = places;
        fields = scratch.Fields;
        strings = scratch.Strings;
        plain = scratch.Plain;
        escapes = scratch.Escapes;

        // One level more than is allowed, so that the walk itself sees the excess and can tell it from broken JSON.
        reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = LocateLimits.MaxNesting + 1 });
    }

    /// <summary>Fills the scratch space's fields.</summary>
    /// <param name="payload">One JSON value.</param>
    /// <param name="request">The type of an OTLP/JSON request; null for any JSON.</param>
    /// <param name="place">Where findings are said to be that no field says a place for.</param>
    /// <param name="scanner">Its rules' names are looked up.</param>
    /// <param name="places">The places worth a look, ascending; null locates every token there is.</param>
    /// <param name="scratch">Receives the fields.</param>
    public static LocateStatus Locate(
        ReadOnlySpan<byte> payload, OtlpMessage? request, string place, Scanner scanner, List<int>? places, LocateScratch scratch)
    {
        scratch.Fields.Clear();
        scratch.Strings.Clear();
        OtlpField? field = request is null ? null : new OtlpField(0, "", FieldKind.Message, WireType.Length) { Message = request };
        try
        {
            if (request is not null)
            {
                new JsonLocator(payload, scanner, places, scratch).ReadStringTable(request);
            }

            var locator = new JsonLocator(payload, scanner, scratch.Strings.IsEmpty ? places : null, scratch);
            LocateStatus status = locator.ReadDocument(field, place);
            scratch.Strings.MarkSecrets(scratch.Fields.Items, OtlpFields.StringTablePlace);
            return status;
        }
        catch (JsonException)
        {
            // Its message quotes the payload, so nothing of it goes on.
            return LocateStatus.Malformed;
        }
    }

    private LocateStatus ReadDocument(OtlpField? field, string place)
    {
        reader.Read();
        if (field is not null && reader.TokenType != JsonTokenType.StartObject)
        {
            return LocateStatus.Malformed;
        }

        LocateStatus status = ReadValue(field, None with { Place = place });
        if (status == LocateStatus.Ok)
        {
            // Throws if anything but white space follows.
            reader.Read();
        }

        return status;
    }

    private LocateStatus ReadValue(OtlpField? field, in Context context)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                return reader.CurrentDepth >= LocateLimits.MaxNesting ? LocateStatus.TooDeep : ReadArray(field, context);
            case JsonTokenType.StartObject:
                return reader.CurrentDepth >= LocateLimits.MaxNesting ? LocateStatus.TooDeep : ReadObject(field?.Message, context);
            case JsonTokenType.String:
                AddString(field, context);
                return LocateStatus.Ok;
            case JsonTokenType.Number:
                AddNumber(field, context);
                return LocateStatus.Ok;
            default:
                return LocateStatus.Ok;
        }
    }

    private LocateStatus ReadArray(OtlpField? field, in Context context)
    {
        int previousEnd = -1, previousElement = -1;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            if (previousElement >= 0)
            {
                fields.Items[previousElement].NextStart = start;
            }

            int index = fields.Count;
            LocateStatus status = ReadValue(field, context with { MemberStart = -1, PreviousEnd = previousEnd });
            if (status != LocateStatus.Ok)
            {
                return status;
            }

            previousEnd = (int)reader.BytesConsumed;
            previousElement = index < fields.Count && fields.Items[index].FieldStart == start ? index : -1;
        }

        return LocateStatus.Ok;
    }

    private LocateStatus ReadObject(OtlpMessage? type, in Context context)
    {
        int start = (int)reader.TokenStartIndex;
        int index = fields.Add(new LocatedField
        {
            Role = FieldRole.Message,
            Shape = type?.Shape ?? MessageShape.Plain,
            FieldStart = start,
            Start = start,
            PrefixStart = context.PreviousEnd,
            Parent = context.Parent,
            NameRule = -1,
            Place = context.Place,
        });
        Utf8JsonReader atStart = reader;
        Context inner = context with { Parent = index, MemberStart = -1, PreviousEnd = -1 };
        LocateStatus status = ReadMembers(type, ref inner, out bool nameCameLate);
        if (status == LocateStatus.Ok && nameCameLate)
        {
            // The value was walked before its name was known: once more, now that it is.
            fields.Truncate(index + 1);
            reader = atStart;
            status = ReadMembers(type, ref inner, out _);
        }

        ref LocatedField message = ref fields.Items[index];
        message.End = message.NextStart = (int)reader.BytesConsumed;
        fields.CloseMessage(index);
        return status;
    }

    /// <summary>Reads the members of an object. A name that a rule calls secret goes into <paramref name="context"/>.</summary>
    private LocateStatus ReadMembers(OtlpMessage? type, ref Context context, out bool nameCameLate)
    {
        bool valueSeen = false;
        nameCameLate = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            OtlpField? field = FindField(type);
            int memberStart = (int)reader.TokenStartIndex;
            int nameRule = field is null ? AddName(reader.ValueSpan.Length, context) : -1;
            reader.Read();
            if (field?.Kind is FieldKind.Name or FieldKind.NameIndex && NameRule(context.NameRule) < 0)
            {
                int rule = FindName(field.Kind);
                nameCameLate |= rule >= 0 && valueSeen;
                context = rule >= 0 ? context with { NameRule = rule } : context;
            }

            valueSeen |= field?.Kind == FieldKind.Message;
            LocateStatus status = ReadValue(field, context with
            {
                NameRule = NameRule(context.NameRule) < 0 && nameRule >= 0 ? nameRule : context.NameRule,
                Place = field?.Place ?? context.Place,
                MemberStart = memberStart,
            });
            if (status != LocateStatus.Ok)
            {
                return status;
            }
        }

        return LocateStatus.Ok;
    }

    /// <summary>What an object or array takes from those around it.</summary>
    /// <param name="Parent">Index of the object around it in the list, or -1.</param>
    /// <param name="NameRule">The rule that names the value it belongs to, or -1.</param>
    /// <param name="Place">Where it is said to be.</param>
    /// <param name="MemberStart">Offset of the name of the member that it is the value of, or -1.</param>
    /// <param name="PreviousEnd">Offset behind the array element before it, or -1.</param>
    private readonly record struct Context(int Parent, int NameRule, string Place, int MemberStart, int PreviousEnd);
}
