using System.Runtime.InteropServices;
using Redactor.Locate;

namespace Redactor.Redact.Views;

/// <summary>Text with HTML entities: in which order with other encodings it is decoded, and the JSON in it.</summary>
internal sealed partial class UnitReader
{
    /// <summary>Whether backslashes in a text belong to what entities spell: JSON in HTML has no quotes of its own.</summary>
    private static bool EntitiesComeFirst(ReadOnlySpan<byte> text, in UnitTriggers triggers)
    {
        foreach (ViewTrigger trigger in triggers.Encoded)
        {
            if (trigger.Kind == TriggerKind.Entity)
            {
                return !text.Contains((byte)'"');
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a text is URL-encoded from end to end, and then its entities, which <c>encodeURI</c> leaves as they are, are those of the text that it decodes to: unless it is
    /// JSON without them, and the URLs stand in its strings.
    /// </summary>
    private static bool UrlsComeFirst(ReadOnlySpan<byte> text, in UnitTriggers triggers, ViewLevel inner)
    {
        foreach (ViewTrigger trigger in triggers.Encoded)
        {
            int place = trigger.Start - triggers.Offset;
            if (trigger.Kind != TriggerKind.Percent || place < 0)
            {
                continue;
            }

            if (PercentEncoding.Around(text, place) != (0, text.Length))
            {
                return false;
            }

            HtmlEntities.Decode(text, inner.Text, inner.Escapes);
            return !JsonTokens.LooksLikeJson(inner.Text.WrittenSpan);
        }

        return false;
    }

    /// <summary>
    /// Reads a text without its entities; of JSON also each string that is JSON then and in which something is found or may be named, as its quotes and those around it look alike
    /// in the whole, and the URLs in its strings, which may have entities in them.
    /// </summary>
    private Verdict ReadHtml(ReadOnlySpan<byte> text, int depth, in UnitTriggers triggers, bool isWhole)
    {
        ViewLevel level = LevelAt(depth), inner = LevelAt(depth + 1);
        bool isJson = JsonTokens.LooksLikeJson(text);
        HtmlEntities.Decode(text, inner.Text, inner.Escapes);
        Verdict verdict = ReadView(text, new SpellingMap(CollectionsMarshal.AsSpan(inner.Escapes)), ViewEncoding.Entities, 0, level, depth, isWhole && !isJson);
        if (!isJson)
        {
            return verdict;
        }

        level.TakeCarried();
        bool named = MemberNames.MayBeIn(inner.Text.WrittenSpan, new UnitTriggers(inner.Candidates.Items, 0, []), scanner);
        int end = 0;
        foreach (ViewTrigger trigger in triggers.Encoded)
        {
            int place = trigger.Start - triggers.Offset;
            if (trigger.Kind != TriggerKind.Entity || place < end)
            {
                continue;
            }

            int start = text[..place].LastIndexOf((byte)'"') + 1, length = text[place..].IndexOf((byte)'"');
            end = length < 0 ? text.Length : place + length;
            if (!named && MaskedRanges.Within(level.Ranges, start, end).IsEmpty)
            {
                continue;
            }

            HtmlEntities.Decode(text[start..end], inner.Text, inner.Escapes);
            if (!JsonTokens.LooksLikeJson(inner.Text.WrittenSpan))
            {
                continue;
            }

            if (IsSpent(depth))
            {
                return Verdicts.Max(verdict, Beyond(start, text.Length, level));
            }

            verdict = Verdicts.Max(verdict, ReadView(text, new SpellingMap(CollectionsMarshal.AsSpan(inner.Escapes)), ViewEncoding.Entities, start, level, depth, true));
        }

        level.TakeCarried();
        return Verdicts.Max(verdict, ReadUrls(text, depth, triggers));
    }
}
