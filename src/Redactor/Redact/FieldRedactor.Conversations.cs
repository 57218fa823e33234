using Redactor.Locate;
using Redactor.Redact.Conversations;
using Redactor.Rules;
using Redactor.Scanning.Judging;

namespace Redactor.Redact;

/// <summary>Contents of conversations: their findings have places by role and part, and the configuration may hide them.</summary>
internal readonly ref partial struct FieldRedactor
{
    /// <summary>
    /// Reads a text. Who says what in it costs reading it as JSON, so that is asked only where something was found, or where contents are hidden: before the text is read,
    /// if something is found in it as it stands, and else the text is read once more then.
    /// </summary>
    private Verdict ReadContent(int index, in SpelledUnit unit)
    {
        ref readonly LocatedField field = ref fields[index];
        scratch.Counter.Begin();
        bool hides = conversations.Hide.Count > 0;
        bool isRead = !hides && !IsFoundIn(field);
        Verdict verdict = isRead ? ReadText(field, field.NameRule, unit) : Verdict.Clean;
        if (isRead && !scratch.Counter.HasCounted)
        {
            return verdict;
        }

        if (scratch.Signal is null || !new ContentFinder(payload, encoding, fields, scratch.Siblings).TryFind(index, out ConversationRole role, out ConversationPart part))
        {
            return isRead ? verdict : ReadText(field, field.NameRule, unit);
        }

        if (isRead)
        {
            scratch.Counter.Undo();
        }

        scratch.Reader.Content = (role, part);
        scratch.Reader.ReadSegments(unit.Plain);
        verdict = ReadText(field, NameRuleIn(index), unit);
        return hides ? Hide(unit.Plain, verdict) : verdict;
    }

    /// <summary>Whether something is found in a text before any of it is decoded; not known of those that the payload spells with escapes.</summary>
    private bool IsFoundIn(in LocatedField field) => field.NameRule >= 0 || (!field.Escaped && scratch.Payload.Finds(field.Start, field.End));

    /// <summary>The rule that names a field as secret, if it takes part in the whole of the content; else another that does.</summary>
    private int NameRuleIn(int index)
    {
        List<int> absent = scratch.Judge.AbsentBehind(0);
        return scratch.Reader.Segments.Count == 1 && absent.Contains(fields[index].NameRule) ? FindOtherName(index, absent) : fields[index].NameRule;
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

        scratch.Reader.Add(hidden, [], isNamed: false);
        return Verdict.Mask;
    }
}
