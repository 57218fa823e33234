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

    /// <summary>What becomes of a unit that goes over budget: <see cref="Verdict.Mask"/> or <see cref="Verdict.Refuse"/>.</summary>
    public Verdict OverBudget { get; set; }

    /// <summary>What the last unit's findings ask to mask: ascending, not overlapping.</summary>
    public ReadOnlySpan<MaskedRange> Ranges => CollectionsMarshal.AsSpan(ranges);

    /// <summary>Sets the masks for the units that follow; every rule takes part in them, and what goes over budget is masked.</summary>
    public void Begin(Maskers masks)
    {
        Maskers = masks;
        OverBudget = Verdict.Mask;
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
        var first = new Winner(int.MaxValue, null);
        int from = 0;
        var verdict = Verdict.Clean;
        if (whole)
        {
            counter.UnitsOverBudget++;
            verdict = OverBudget;
        }

        if (nameRule >= 0)
        {
            int credentials = !whole && Maskers.IsForHeaders(nameRule) ? AuthenticationScheme.LengthIn(unit) : 0;
            if (Count(nameRule, unit, credentials, unit.Length, ref verdict, out Mask? chosen))
            {
                whole = true;
                first = new Winner(nameRule, chosen);
                from = credentials;
            }
        }

        MergeFindings(unit, findings, whole, ref first, ref from, ref verdict);
        if (whole)
        {
            ranges.Clear();
            Cut(from, unit.Length, first.Rule == int.MaxValue ? new Winner(MaskedRange.OverBudget, null) : first);
        }

        return ranges.Count == 0 ? Verdict.Clean : Verdicts.Max(verdict, Verdict.Mask);
    }

    /// <summary>Adds a range for each group of overlapping findings; if the unit is masked whole, only looks for the first rule and the first byte.</summary>
    private void MergeFindings(ReadOnlySpan<byte> unit, FindingList findings, bool whole, ref Winner first, ref int from, ref Verdict verdict)
    {
        int start = 0, end = 0;
        var winner = new Winner(-1, null);
        foreach (Finding finding in findings.Items)
        {
            // What is overwritten with asterisks is masked already, as what a label covers is.
            if (!unit[finding.Start..finding.End].ContainsAnyExcept((byte)'*') || !Count(finding.Rule, unit, finding.Start, finding.End, ref verdict, out Mask? chosen))
            {
                continue;
            }

            var own = new Winner(finding.Rule, chosen);
            first = whole ? first.Or(own) : first;
            from = Math.Min(from, finding.Start);
            if (winner.Rule >= 0 && finding.Start < end)
            {
                end = Math.Max(end, finding.End);
                winner = winner.Or(own);
                continue;
            }

            Cut(start, end, winner);
            (start, end, winner) = (finding.Start, finding.End, own);
        }

        Cut(start, end, winner);
    }

    /// <summary>Counts a finding, unless labels cover it, its rule takes no part here or its value is allowed, and says whether it is to be masked, and how.</summary>
    private bool Count(int rule, ReadOnlySpan<byte> unit, int start, int end, ref Verdict verdict, out Mask? chosen)
    {
        ContentChange change = ChangeAt(rule, start, end);
        chosen = change.Mask;
        if (change.Status == OverrideStatus.Off || IsLabelled(start, end) || (Absent.Count > 0 && Absent.Contains(rule)) || Maskers.Allows(unit[start..end]))
        {
            return false;
        }

        bool isShadow = change.Status is { } status ? status == OverrideStatus.Shadow : Maskers.IsShadow(rule);
        counter.Add(rule, PlaceAt(start), isShadow, unit[start..end]);
        if (isShadow)
        {
            return false;
        }

        verdict = Verdicts.Max(verdict, VerdictOf(chosen ?? Maskers.KindOf(rule)));
        return true;
    }

    /// <summary>What a mask asks for.</summary>
    public static Verdict VerdictOf(Mask mask) => mask switch
    {
        Mask.DropRecord => Verdict.DropRecord,
        Mask.DropField => Verdict.DropField,
        _ => Verdict.Mask,
    };

    /// <summary>The rules that do not take part in the value behind a name that ends at <paramref name="position"/> of the text of <see cref="Segments"/>.</summary>
    public List<int> AbsentBehind(int position)
    {
        if (Maskers.Contents is not { } contents || Segments is not { Count: > 0 } segments || Segment.FirstBehind(segments, position) is var index && index == segments.Count)
        {
            return Absent;
        }

        List<int> off = contents.Off(segments[index].Role, segments[index].Part);
        return Absent.Count == 0 ? off : [.. Absent, .. off];
    }

    /// <summary>What a policy makes of a rule in a finding. One that reaches beyond what one role says in one part is masked as everywhere: doubt masks.</summary>
    private ContentChange ChangeAt(int rule, int start, int end) =>
        Maskers.Contents is { } contents && SegmentAt(start) is { } segment && end + SegmentOffset <= segment.End ? contents.Of(segment.Role, segment.Part, rule) : default;

    private string PlaceAt(int start) => SegmentAt(start)?.Place ?? place;

    private Segment? SegmentAt(int start)
    {
        if (Segments is not { Count: > 0 } segments)
        {
            return null;
        }

        int index = Segment.LastAt(segments, start + SegmentOffset);
        return index >= 0 && start + SegmentOffset < segments[index].End ? segments[index] : null;
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
    private void Cut(int start, int end, Winner winner)
    {
        for (int i = FirstLabelEndingAfter(start); i < labels.Count && labels[i].Start < end; i++)
        {
            if (labels[i].Start > start)
            {
                ranges.Add(new MaskedRange(start, labels[i].Start, winner.Rule) { Chosen = winner.Chosen });
            }

            start = labels[i].End;
        }

        if (start < end)
        {
            ranges.Add(new MaskedRange(start, end, winner.Rule) { Chosen = winner.Chosen });
        }
    }

    private int FirstLabelEndingAfter(int position) => Ascending.CountUpTo<(int Start, int End), ByEnd>(CollectionsMarshal.AsSpan(labels), position);

    private readonly struct ByEnd : IPlace<(int Start, int End)>
    {
        public static int Of(in (int Start, int End) item) => item.End;
    }

    /// <summary>The rule that gives the label, and the mask that a policy asks for in place of its own.</summary>
    private readonly record struct Winner(int Rule, Mask? Chosen)
    {
        public Winner Or(Winner other) => other.Rule < Rule ? other : this;
    }
}
