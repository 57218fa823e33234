using System.Runtime.InteropServices;
using Redactor.Locate;
using Redactor.Redact.Conversations;

namespace Redactor.Redact.Views;

/// <summary>What is encoded in a text, and in which order it is decoded: escapes, entities, URL-encoding, runs.</summary>
internal sealed partial class UnitReader
{
    /// <summary>Decodes what is encoded in a text, reads it and carries back what is found.</summary>
    private Verdict ReadViews(ReadOnlySpan<byte> text, int depth, in UnitTriggers triggers, bool isWhole)
    {
        ViewLevel level = LevelAt(depth), inner = LevelAt(depth + 1);
        if (text.Contains((byte)'\\') && !EntitiesComeFirst(text, triggers))
        {
            JsonText.Unescape(text, inner.Text, inner.Escapes);
            if (inner.Escapes.Count > 0)
            {
                return depth == ViewLimits.MaxDepth && !inner.OnlyBackslashes
                    ? Beyond(0, text.Length, level)
                    : Verdicts.Max(
                        ReadView(text, new SpellingMap(CollectionsMarshal.AsSpan(inner.Escapes)), ViewEncoding.Escapes, 0, level, depth, isWhole && !JsonTokens.LooksLikeJson(text)),
                        ReadSpelledEscapes(text, depth, triggers));
            }
        }

        return triggers.Encoded.IsEmpty ? Verdict.Clean : ReadEncoded(text, depth, triggers, isWhole);
    }

    /// <summary>
    /// Reads the URL-encoded stretches of a text with escapes before these, if parts of them are URL-encoded: of <c>%5c\u0041</c> a backslash and the number of an A are left
    /// without the encoding, and an A and a stray sign without the escapes.
    /// </summary>
    private Verdict ReadSpelledEscapes(ReadOnlySpan<byte> text, int depth, in UnitTriggers triggers)
    {
        foreach (ViewTrigger trigger in triggers.Encoded)
        {
            int place = trigger.Start - triggers.Offset;
            if (trigger.Kind == TriggerKind.Percent && place >= 0 && PercentEncoding.IsInEscape(text, place))
            {
                LevelAt(depth).TakeCarried();
                return ReadUrls(text, depth, triggers);
            }
        }

        return Verdict.Clean;
    }

    private Verdict ReadEncoded(ReadOnlySpan<byte> text, int depth, in UnitTriggers triggers, bool isWhole)
    {
        ViewLevel level = LevelAt(depth), inner = LevelAt(depth + 1);
        foreach (ViewTrigger trigger in triggers.Encoded)
        {
            if (trigger.Kind == TriggerKind.Entity && !UrlsComeFirst(text, triggers, inner))
            {
                return depth == ViewLimits.MaxDepth ? Beyond(0, text.Length, level) : ReadHtml(text, depth, triggers, isWhole);
            }
        }

        Verdict verdict = ReadUrls(text, depth, triggers);
        level.TakeCarried();
        int done = 0;
        foreach (ViewTrigger trigger in triggers.Encoded)
        {
            int start = Math.Max(0, trigger.Start - triggers.Offset), end = Math.Min(trigger.End - triggers.Offset, text.Length);
            if (trigger.Kind != TriggerKind.Run || start < done || level.IsUrl(start) || MaskedRanges.Cover(CollectionsMarshal.AsSpan(level.Ranges), start, end, int.MaxValue))
            {
                continue;
            }

            for (; end - start >= ViewLimits.MinRun && EncodedRun.TryRecognize(text, start, end, out EncodedRun run); start = done)
            {
                if (IsSpent(depth))
                {
                    return Verdicts.Max(verdict, Beyond(run.Start, text.Length, level));
                }

                verdict = Verdicts.Max(verdict, ReadRun(text, run, level, depth));
                done = run.End;
            }
        }

        return verdict;
    }

    /// <summary>Reads the stretches of URL-encoded text, each once, and notes where they are.</summary>
    private Verdict ReadUrls(ReadOnlySpan<byte> text, int depth, in UnitTriggers triggers)
    {
        ViewLevel level = LevelAt(depth), inner = LevelAt(depth + 1);
        var verdict = Verdict.Clean;
        level.Urls.Clear();
        foreach (ViewTrigger trigger in triggers.Encoded)
        {
            int place = trigger.Start - triggers.Offset;
            if (trigger.Kind != TriggerKind.Percent || place < 0 || level.IsUrl(place))
            {
                continue;
            }

            (int start, int end) = PercentEncoding.Around(text, place);
            level.Urls.Add((start, end));
            if (IsSpent(depth))
            {
                return Verdicts.Max(verdict, Beyond(start, text.Length, level));
            }

            PercentEncoding.Decode(text[start..end], inner.Text, inner.Escapes);
            verdict = Verdicts.Max(verdict, ReadView(text, new SpellingMap(CollectionsMarshal.AsSpan(inner.Escapes)), ViewEncoding.Percent, start, level, depth, true));
        }

        return verdict;
    }

    /// <summary>
    /// Whether no further part of a text is decoded. Then all the rest of the text is masked, once: one by one, thousands of parts would cost the square of their number.
    /// </summary>
    private bool IsSpent(int depth) => depth == ViewLimits.MaxDepth || viewsLeft <= 0 || bytesLeft <= 0;

    /// <summary>Reads the text of the next level, which is spelled in <paramref name="text"/>, that of <paramref name="outer"/>, from <paramref name="start"/> on.</summary>
    private Verdict ReadView(ReadOnlySpan<byte> text, SpellingMap map, ViewEncoding encoding, int start, ViewLevel outer, int depth, bool isWhole)
    {
        ViewLevel inner = LevelAt(depth + 1);
        Verdict verdict = ReadLevel(depth + 1, NameOf(encoding), map, start, outer, isWhole);
        outer.IsNamed |= encoding == ViewEncoding.Escapes && inner.IsNamed;
        Carry(inner, map, encoding, text, outer, start);
        return verdict;
    }

    private Verdict ReadRun(ReadOnlySpan<byte> text, in EncodedRun run, ViewLevel outer, int depth)
    {
        ViewLevel inner = LevelAt(depth + 1);
        run.Decode(text, inner.Text);
        inner.Escapes.Clear();
        int segment = Segment.LastAt(outer.Segments, run.Start);
        inner.Segments.Clear();
        if (segment >= 0)
        {
            inner.Segments.Add(outer.Segments[segment] with { Start = 0, End = inner.Text.WrittenCount });
        }

        Verdict verdict = ReadLevel(depth + 1, run.Encoding, default, 0, null, isWhole: true);
        if (inner.Ranges.Count > 0)
        {
            inner.Masked.ResetWrittenCount();
            ReadOnlySpan<MaskedRange> ranges = CollectionsMarshal.AsSpan(inner.Ranges);
            UnitWriter.Write(new SpelledUnit(inner.Text.WrittenSpan), ranges, texts.Written, judge.Maskers, inner.Masked);
            outer.Carried.Add(texts.Encode(new MaskedRange(run.Start, run.End, ranges[0].Rule), run, inner.Masked.WrittenSpan));
        }

        return verdict;
    }
}
