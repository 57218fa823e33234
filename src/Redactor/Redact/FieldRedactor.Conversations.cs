using Redactor.Locate;
using Redactor.Redact.Conversations;
using Redactor.Rules;
using Redactor.Scanning.Judging;

namespace Redactor.Redact;

/// <summary>Contents of conversations: their findings have places by role and part, and the configuration may hide them.</summary>
internal readonly ref partial struct FieldRedactor
{
    private const int EventName = 2;
    private const int LogEventName = 12;

    /// <summary>
    /// Reads a text. Who says what in it costs reading it as JSON, so that is asked only where something was found, and the text read once more then; or first, where
    /// contents are hidden.
    /// </summary>
    private Verdict ReadContent(int index, out SpelledUnit unit)
    {
        ref readonly LocatedField field = ref fields[index];
        scratch.Counter.Begin();
        scratch.Reader.Segments.Clear();
        Verdict verdict = ReadText(field, field.NameRule, out unit);
        bool hides = conversations.Hide.Count > 0;
        if ((!hides && !scratch.Counter.HasCounted) || scratch.Signal is null || !TryFindContent(index, out ConversationRole role, out ConversationPart part))
        {
            return verdict;
        }

        scratch.Counter.Undo();
        ConversationText.Read(unit.Plain, role, part, scratch.Reader.Segments);
        verdict = ReadText(field, field.NameRule, out unit);
        verdict = hides ? Hide(unit.Plain, verdict) : verdict;
        scratch.Reader.Segments.Clear();
        return verdict;
    }

    private Verdict Hide(ReadOnlySpan<byte> text, Verdict verdict)
    {
        List<MaskedRange> hidden = [];
        foreach (Segment segment in scratch.Reader.Segments)
        {
            ReadOnlySpan<byte> content = text[segment.Start..segment.End];
            bool isLabel = MaskText.TryFind(content, 0, out int start, out int end, out _) && start == 0 && end == content.Length;
            if (conversations.Hides(segment.Role, segment.Part) && !isLabel && content.Length > 0)
            {
                hidden.Add(new MaskedRange(segment.Start, segment.End, MaskedRange.Hidden));
            }
        }

        if (hidden.Count == 0 || verdict > Verdict.Mask)
        {
            return verdict;
        }

        scratch.Reader.Add(hidden);
        return Verdict.Mask;
    }

    /// <summary>Whether a field is a content of a conversation, by the attributes around it, or else by the name of the event or log record that it is in.</summary>
    private bool TryFindContent(int index, out ConversationRole role, out ConversationPart part)
    {
        int record = index;
        for (int parent = fields[index].Parent; parent >= 0; parent = fields[parent].Parent)
        {
            ref readonly LocatedField message = ref fields[parent];
            if (message.Shape == MessageShape.KeyValue)
            {
                if (PlaceNames.TryReadKey(payload[message.Start..message.End], encoding, out ReadOnlySpan<byte> key) && ConversationKeys.TryFind(key, out role, out part))
                {
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
            && PlaceNames.TryReadText(payload[fields[record].Start..fields[record].End], encoding, isEvent ? EventName : LogEventName, isEvent ? "name" : "eventName", out ReadOnlySpan<byte> name)
            && ConversationKeys.TryFind(name, out role, out part);
    }
}
