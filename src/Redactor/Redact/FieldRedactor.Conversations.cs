using Redactor.Locate;
using Redactor.Redact.Conversations;
using Redactor.Rules;
using Redactor.Scanning.Judging;

namespace Redactor.Redact;

/// <summary>Contents of conversations: their findings have places by role and part, and the configuration may hide them.</summary>
internal readonly ref partial struct FieldRedactor
{
    /// <summary>
    /// Reads a text. Who says what in it costs reading it as JSON, so that is asked only where something was found, and the text read once more then; or first, where
    /// contents are hidden.
    /// </summary>
    private Verdict ReadContent(int index, out SpelledUnit unit)
    {
        ref readonly LocatedField field = ref fields[index];
        scratch.Counter.Begin();
        Verdict verdict = ReadText(field, field.NameRule, out unit);
        bool hides = conversations.Hide.Count > 0;
        if ((!hides && !scratch.Counter.HasCounted) || scratch.Signal is null
            || !new ContentFinder(payload, encoding, fields, scratch.Siblings).TryFind(index, out ConversationRole role, out ConversationPart part))
        {
            return verdict;
        }

        scratch.Counter.Undo();
        scratch.Reader.Content = (role, part);
        scratch.Reader.ReadSegments(unit.Plain);
        verdict = ReadText(field, NameRuleIn(index), out unit);
        return hides ? Hide(unit.Plain, verdict) : verdict;
    }

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

        scratch.Reader.Add(hidden, []);
        return Verdict.Mask;
    }
}
