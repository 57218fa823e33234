using System.Text;
using Redactor.Locate;
using Redactor.Rules;

namespace Redactor.Redact.Conversations;

/// <summary>
/// Whether a field is a content of a conversation, and whose: by the attributes around it, or else by the name of the event or log record that it is in. A message
/// that is a structured value says its role and kind beside its content, as one of flat attributes does.
/// </summary>
internal readonly ref struct ContentFinder(ReadOnlySpan<byte> payload, PayloadEncoding encoding, ReadOnlySpan<LocatedField> fields, Siblings siblings)
{
    private const int Key = 1;
    private const int EventName = 2;
    private const int LogEventName = 12;
    private const int LogAttributes = 6;

    private readonly ReadOnlySpan<byte> payload = payload;
    private readonly ReadOnlySpan<LocatedField> fields = fields;

    /// <summary>Finds whose content a field is, and of which kind.</summary>
    public bool TryFind(int index, out ConversationRole role, out ConversationPart part) =>
        TryFindAround(index, out int outermost, out role, out part) && TryAskSiblings(index, outermost, ref role, ref part);

    /// <summary>Whether a field is a content of a conversation, or the body of a log record that is an event: what is streamed, not what is logged.</summary>
    public bool IsStreamed(int index)
    {
        int record = index;
        while (fields[record].Parent >= 0 && fields[record].Shape != MessageShape.Record)
        {
            record = fields[record].Parent;
        }

        return TryFind(index, out _, out _) || (fields[index].Place == "log.body" && TryReadEvent(record, isEvent: false, out _));
    }

    /// <summary>What names say: of the attribute, <paramref name="outermost"/> then, or of the event or log record, -1 then.</summary>
    private bool TryFindAround(int index, out int outermost, out ConversationRole role, out ConversationPart part)
    {
        int record = index;
        outermost = -1;
        for (int parent = fields[index].Parent; parent >= 0; parent = fields[parent].Parent)
        {
            ref readonly LocatedField message = ref fields[parent];
            if (message.Shape == MessageShape.KeyValue)
            {
                if (TryReadKey(parent, out ReadOnlySpan<byte> key) && ConversationKeys.TryFind(key, out role, out part))
                {
                    outermost = parent;
                    return true;
                }

                record = message.Parent;
            }
            else if (message.Shape == MessageShape.Record && fields[index].Place == "log.body")
            {
                record = parent;
            }
        }

        (role, part) = (default, default);
        bool isEvent = fields[index].Place == "span.event.attribute";
        return (isEvent || fields[index].Place == "log.body") && record >= 0 && record != index
            && TryReadEvent(record, isEvent, out ReadOnlySpan<byte> name) && ConversationKeys.TryFind(name, out role, out part);
    }

    private bool TryReadEvent(int record, bool isEvent, out ReadOnlySpan<byte> name)
    {
        if (TryReadName(record, isEvent ? EventName : LogEventName, isEvent ? "name" : "eventName", out name))
        {
            return true;
        }

        if (isEvent)
        {
            return false;
        }

        siblings.Read(record, payload[fields[record].Start..fields[record].End], encoding, LogAttributes);
        name = Encoding.UTF8.GetBytes(siblings.EventName ?? "");
        return siblings.EventName is not null;
    }

    /// <summary>What the attributes beside the field, and beside each that it is in, say; the nearest wins. False for one that itself says how a message is built.</summary>
    private bool TryAskSiblings(int index, int outermost, ref ConversationRole role, ref ConversationPart part)
    {
        ConversationRole? itsRole = null;
        ConversationPart? itsPart = null;
        bool isNearest = true;
        for (int parent = fields[index].Parent; parent >= 0; parent = fields[parent].Parent)
        {
            if (fields[parent].Shape != MessageShape.KeyValue || !TryReadKey(parent, out ReadOnlySpan<byte> key))
            {
                continue;
            }

            if (isNearest && parent != outermost && ConversationText.IsStructure(key))
            {
                return false;
            }

            isNearest = false;
            ReadList(parent);
            string name = Encoding.UTF8.GetString(key);
            itsRole ??= siblings.RoleOf(name);
            itsPart ??= ConversationText.PartNamed(key) ?? siblings.PartOf(name);
            if (parent == outermost)
            {
                break;
            }
        }

        role = itsRole ?? role;
        part = itsPart ?? (itsRole == ConversationRole.Tool && part == ConversationPart.Text ? ConversationPart.ToolCallResponse : part);
        return true;
    }

    /// <summary>Reads the list that an attribute is in: the fields that have its number.</summary>
    private void ReadList(int attribute)
    {
        int list = fields[attribute].Parent;
        ReadOnlySpan<byte> message = payload[fields[list].Start..fields[list].End];
        int number = 0;
        if (encoding == PayloadEncoding.Protobuf)
        {
            var reader = new ProtobufReader(payload, fields[attribute].FieldStart, fields[attribute].End);
            number = reader.TryRead(out WireField field) ? field.Number : 0;
        }

        siblings.Read(list, message, encoding, number);
    }

    private bool TryReadKey(int attribute, out ReadOnlySpan<byte> key) => TryReadName(attribute, Key, "key", out key);

    /// <summary>Reads the name that a message has: by number in protobuf, where the first bytes tell it, by member in JSON, once.</summary>
    private bool TryReadName(int index, int number, string member, out ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> message = payload[fields[index].Start..fields[index].End];
        if (encoding == PayloadEncoding.Protobuf)
        {
            return PlaceNames.TryReadText(message, encoding, number, member, out name);
        }

        if (!siblings.Names.TryGetValue(index, out byte[]? known))
        {
            known = PlaceNames.TryReadText(message, encoding, number, member, out name) ? name.ToArray() : null;
            siblings.Names.Add(index, known);
        }

        name = known;
        return known is not null;
    }
}
