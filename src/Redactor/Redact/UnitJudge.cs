using System.Runtime.InteropServices;
using Redactor.Redact.Conversations;
using Redactor.Rules;
using Redactor.Scanning;
using Redactor.Scanning.Judging;

namespace Redactor.Redact;

/// <summary>
/// Turns the findings of one unit into the stretches to mask: findings that overlap become one, which the rule of highest priority labels;
/// every byte of every finding is masked, except those of labels that are there already. Reused; not thread-safe.
/// </summary>
internal sealed class UnitJudge(FindingCounter counter)
{
    private readonly List<MaskedRange> ranges = [];
    private readonly List<(int Start, int End)> labels = [];
    private string place = "";

    /// <summary>The masks for the unit at hand.</summary>
    public Maskers Maskers { get; private set; } = null!;

    /// <summary>The rules that do not take part where the unit at hand is.</summary>
    public List<int> Absent { get; } = [];

    /// <summary>Who says what in the text at hand, if it is of a conversation: the places of its findings.</summary>
    public List<Segment>? Segments { get; set; }

    /// <summary>Where the text that is judged starts in that of <see cref="Segments"/>.</summary>
    public int SegmentOffset { get; set; }

    /// <summary>What the last unit's findings ask to mask: ascending, not overlapping.</summary>
    public ReadOnlySpan<MaskedRange> Ranges => CollectionsMarshal.AsSpan(ranges);

    /// <summary>Sets the masks for the units that follow; every rule takes part in them.</summary>
    public void Begin(Maskers masks)
    {
        Maskers = masks;
        Absent.Clear();
    }

    /// <summary>Judges one unit and counts its findings.</summary>
    /// <param name="unit">The text.</param>
    /// <param name="status">How scanning it ended.</param>
    /// <param name="findings">What was found in it.</param>
    /// <param name="nameRule">The rule that names the whole unit as secret, or -1.</param>
    /// <param name="where">The place to count its findings under.</param>
    public Verdict Judge(ReadOnlySpan<byte> unit, ScanStatus status, FindingList findings, int nameRule, string where)
    {
        ranges.Clear();
        labels.Clear();
        if (unit.IsEmpty || (findings.Count == 0 && nameRule < 0 && status == ScanStatus.Complete))
        {
            return Verdict.Clean;
        }

        place = where;
        for (int next = 0; MaskText.TryFind(unit, next, out int start, out int end, out _); next = end)
        {
            labels.Add((start, end));
        }

        bool whole = status == ScanStatus.OverBudget;
        int first = int.MaxValue, from = 0;
        var verdict = Verdict.Clean;
        if (whole)
        {
            counter.UnitsOverBudget++;
        }

        if (nameRule >= 0)
        {
            int credentials = !whole && Maskers.IsForHeaders(nameRule) ? AuthenticationScheme.LengthIn(unit) : 0;
            if (Count(nameRule, unit, credentials, unit.Length, ref verdict))
            {
                whole = true;
                first = nameRule;
                from = credentials;
            }
        }

        MergeFindings(unit, findings, whole, ref first, ref from, ref verdict);
        if (whole)
        {
            ranges.Clear();
            Cut(from, unit.Length, first == int.MaxValue ? -1 : first);
        }

        return ranges.Count == 0 ? Verdict.Clean : (Verdict)Math.Max((int)verdict, (int)Verdict.Mask);
    }

    /// <summary>Adds a range for each group of overlapping findings; if the unit is masked whole, only looks for the first rule and the first byte.</summary>
    private void MergeFindings(ReadOnlySpan<byte> unit, FindingList findings, bool whole, ref int first, ref int from, ref Verdict verdict)
    {
        int start = 0, end = 0, rule = -1;
        foreach (Finding finding in findings.Items)
        {
            if (!Count(finding.Rule, unit, finding.Start, finding.End, ref verdict))
            {
                continue;
            }

            first = whole ? Math.Min(first, finding.Rule) : first;
            from = Math.Min(from, finding.Start);
            if (rule >= 0 && finding.Start < end)
            {
                end = Math.Max(end, finding.End);
                rule = Math.Min(rule, finding.Rule);
                continue;
            }

            Cut(start, end, rule);
            (start, end, rule) = (finding.Start, finding.End, finding.Rule);
        }

        Cut(start, end, rule);
    }

    /// <summary>Counts a finding, unless labels cover it, its rule takes no part here or its value is allowed, and says whether it is to be masked.</summary>
    private bool Count(int rule, ReadOnlySpan<byte> unit, int start, int end, ref Verdict verdict)
    {
        if (IsLabelled(start, end) || (Absent.Count > 0 && Absent.Contains(rule)) || Maskers.Allows(unit[start..end]))
        {
            return false;
        }

        counter.Add(rule, PlaceAt(start), unit[start..end]);
        if (Maskers.IsShadow(rule))
        {
            return false;
        }

        Verdict asked = Maskers.KindOf(rule) switch
        {
            Mask.DropRecord => Verdict.DropRecord,
            Mask.DropField => Verdict.DropField,
            _ => Verdict.Mask,
        };
        verdict = (Verdict)Math.Max((int)verdict, (int)asked);
        return true;
    }

    private string PlaceAt(int start)
    {
        if (Segments is { Count: > 0 } segments)
        {
            int index = segments.FindLastIndex(segment => segment.Start <= start + SegmentOffset);
            return index >= 0 && start + SegmentOffset < segments[index].End ? segments[index].Place : place;
        }

        return place;
    }

    private bool IsLabelled(int start, int end)
    {
        for (int i = FirstLabelEndingAfter(start); i < labels.Count && labels[i].Start <= start && start < end; i++)
        {
            start = labels[i].End;
        }

        return start >= end;
    }

    /// <summary>Adds what labels leave of a stretch.</summary>
    private void Cut(int start, int end, int rule)
    {
        for (int i = FirstLabelEndingAfter(start); i < labels.Count && labels[i].Start < end; i++)
        {
            if (labels[i].Start > start)
            {
                ranges.Add(new MaskedRange(start, labels[i].Start, rule));
            }

            start = labels[i].End;
        }

        if (start < end)
        {
            ranges.Add(new MaskedRange(start, end, rule));
        }
    }

    private int FirstLabelEndingAfter(int position)
    {
        int low = 0, high = labels.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (labels[middle].End <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
