using System.Runtime.InteropServices;

namespace Redactor.Redact.Views;

/// <summary>Lists of what is to be masked in one text.</summary>
internal static class MaskedRanges
{
    /// <summary>
    /// Sorts, and makes one of those that overlap: every byte of each is masked, under the rule of highest priority. A text that takes a range's place stays only where
    /// no other range touches more than the same bytes.
    /// </summary>
    public static void Merge(List<MaskedRange> ranges)
    {
        if (ranges.Count < 2)
        {
            return;
        }

        ranges.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        int last = 0;
        for (int i = 1; i < ranges.Count; i++)
        {
            MaskedRange before = ranges[last], range = ranges[i];
            if (range.Start >= before.End)
            {
                ranges[++last] = range;
                continue;
            }

            bool same = range.Start == before.Start && range.End == before.End;
            ranges[last] = same && (range.HasText || before.HasText)
                ? (before.HasText ? before : range)
                : Labelled(before, range) with { Start = before.Start, End = Math.Max(before.End, range.End), Text = -1, TextLength = 0 };
        }

        CollectionsMarshal.SetCount(ranges, last + 1);
    }

    /// <summary>Those of ascending, not overlapping ranges that have a byte from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public static Span<MaskedRange> Within(List<MaskedRange> ranges, int start, int end)
    {
        Span<MaskedRange> all = CollectionsMarshal.AsSpan(ranges);
        int first = FirstEndingAfter(all, start), behind = first;
        while (behind < all.Length && all[behind].Start < end)
        {
            behind++;
        }

        return all[first..behind];
    }

    /// <summary>Whether one of ascending, not overlapping ranges covers all from <paramref name="start"/> to <paramref name="end"/>, under a rule that stands not behind <paramref name="rule"/>.</summary>
    public static bool Cover(ReadOnlySpan<MaskedRange> ranges, int start, int end, int rule)
    {
        int first = FirstEndingAfter(ranges, start);
        return first < ranges.Length && ranges[first].Start <= start && ranges[first].End >= end && !ranges[first].HasText && First(ranges[first].Rule, rule) == ranges[first].Rule;
    }

    /// <summary>The one of two ranges of which the rule gives the label.</summary>
    public static MaskedRange Labelled(MaskedRange a, MaskedRange b) => First(a.Rule, b.Rule) == a.Rule ? a : b;

    /// <summary>The rule that gives the label; a unit over budget has none of its own.</summary>
    public static int First(int a, int b) => a < 0 ? b : b < 0 ? a : Math.Min(a, b);

    private static int FirstEndingAfter(ReadOnlySpan<MaskedRange> ranges, int position) => Ascending.CountUpTo<MaskedRange, ByEnd>(ranges, position);

    private readonly struct ByEnd : IPlace<MaskedRange>
    {
        public static int Of(in MaskedRange item) => item.End;
    }
}
