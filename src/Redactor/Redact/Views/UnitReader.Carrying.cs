using System.Runtime.InteropServices;
using Redactor.Locate;
using Redactor.Redact.Conversations;
using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>What a view and the text around it tell each other: what is known already, who says what, and what is to be masked.</summary>
internal sealed partial class UnitReader
{
    private Verdict Beyond(int start, int end, ViewLevel level)
    {
        counter.UnitsOverBudget++;
        level.Carried.Add(new MaskedRange(start, end, MaskedRange.OverBudget));
        level.TakeCarried();
        return judge.OverBudget;
    }

    /// <summary>Tells a view of so many decoded bytes who says what in it: of the text around it only what it spells, as a text may have as many views as segments.</summary>
    private static void Tell(ViewLevel level, int length, SpellingMap map, ViewLevel outer, int start = 0)
    {
        level.Segments.Clear();
        int end = start + map.EndOf(length);
        for (int i = Segment.FirstBehind(outer.Segments, start); i < outer.Segments.Count && outer.Segments[i].Start < end; i++)
        {
            Segment segment = outer.Segments[i];
            level.Segments.Add(segment with { Start = map.PlainOf(Math.Max(0, segment.Start - start)), End = map.PlainOf(Math.Max(0, segment.End - start)) });
        }
    }

    /// <summary>Takes the findings out that the text around the view has found, so that none counts twice.</summary>
    private static void KeepNew(ViewLevel level, SpellingMap map, List<MaskedRange> outer, int start = 0)
    {
        if (level.Findings.Count == 0 || outer.Count == 0)
        {
            return;
        }

        Finding[] all = level.Findings.Items.ToArray();
        level.Findings.Clear();
        foreach (Finding finding in all)
        {
            if (MaskedRanges.Cover(CollectionsMarshal.AsSpan(outer), start + map.StartOf(finding.Start), start + map.EndOf(finding.End), finding.Rule))
            {
                level.Known.Add(new MaskedRange(finding.Start, finding.End, finding.Rule));
            }
            else
            {
                level.Findings.Add(finding);
            }
        }
    }

    /// <summary>
    /// Hands what was found in the spelling of a view over to the view: a spelling does not show where the strings of JSON in it end (<c>%22</c>, <c>&amp;quot;</c>, <c>\"</c>), so that
    /// what is found there may run on behind them. What covers all of the view stays where it is, and what reaches beyond it unless the view is JSON.
    /// </summary>
    private static void HandOver(ViewLevel level, ReadOnlySpan<byte> view, SpellingMap map, List<MaskedRange> outer, int start = 0)
    {
        int end = start + map.EndOf(view.Length);
        foreach (ref MaskedRange range in MaskedRanges.Within(outer, start, end))
        {
            bool isInside = range.Start >= start && range.End <= end;
            if (range.HasText || (range.Start <= start && range.End >= end) || (!isInside && !JsonTokens.LooksLikeJson(view)))
            {
                continue;
            }

            level.Known.Add(range with { Start = map.PlainOf(Math.Max(range.Start, start) - start), End = map.PlainEndOf(Math.Min(range.End, end) - start) });
            range = range.Start < start ? range with { End = start } : range with { Start = Math.Min(range.End, end) };
        }
    }

    /// <summary>Carries to the text around a view what is to be masked in it; <see cref="ViewLevel.TakeCarried"/> merges it.</summary>
    private void Carry(ViewLevel inner, SpellingMap map, ViewEncoding encoding, ReadOnlySpan<byte> text, ViewLevel outer, int start = 0)
    {
        foreach (MaskedRange range in inner.Ranges)
        {
            int from = start + map.StartOf(range.Start), to = start + map.EndOf(range.End);
            outer.Carried.Add(texts.Spell(range, encoding, text[from..to]) with { Start = from, End = to });
        }
    }
}
