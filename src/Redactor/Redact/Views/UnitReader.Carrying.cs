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
