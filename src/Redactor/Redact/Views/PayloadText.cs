using System.Buffers;
using System.Runtime.InteropServices;
using Redactor.Locate;
using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>
/// A payload as it is searched: as one text without escapes, where it has some. Most text of models is JSON in a string, with an escape every few lines; decoding all of
/// it before the filter runs costs a copy, and no text is searched twice.
/// </summary>
/// <remarks>
/// Bytes that are no text may look like escapes, across the ends of fields too. So every place where something was decoded is marked, fields that hold a mark are
/// located, and a field whose ends are not those of characters is read by itself. Reused; not thread-safe.
/// </remarks>
internal sealed class PayloadText
{
    /// <summary>What marks have for an atom: that of no rule, and of no mark of the locator's.</summary>
    private const int Mark = int.MinValue;

    private readonly ArrayBufferWriter<byte> decoded = new();
    private readonly List<Escape> escapes = [];
    private readonly List<ViewTrigger> triggers = [];
    private readonly List<int> marks = [];
    private readonly CandidateList marked = new();
    private readonly FindingList lastFindings = new();
    private Extent last;
    private ScanStatus? lastStatus;
    private ReadOnlyMemory<byte> payload;

    /// <summary>The payload without escapes; the payload itself where it has none.</summary>
    public ReadOnlySpan<byte> Plain => escapes.Count == 0 ? payload.Span : decoded.WrittenSpan;

    /// <summary>The filter's candidates in <see cref="Plain"/>.</summary>
    public CandidateList Candidates { get; } = new();

    /// <summary>The places of the payload itself that are worth a look: where candidates come from, and where something is encoded.</summary>
    public CandidateList Places => marks.Count == 0 ? Candidates : marked;

    /// <summary>Bytes of storage that are kept for the next payload.</summary>
    public int Capacity => decoded.Capacity;

    /// <summary>Searches a payload.</summary>
    /// <param name="bytes">The payload.</param>
    /// <param name="decode">Whether its escapes are decoded. JSON's own say what is text; of JSON the strings are decoded one by one.</param>
    /// <param name="scanner">The rules.</param>
    public void Read(ReadOnlyMemory<byte> bytes, bool decode, Scanner scanner)
    {
        payload = bytes;
        (last, lastStatus) = (default, null);
        escapes.Clear();
        marks.Clear();
        if (decode && bytes.Span.Contains((byte)'\\'))
        {
            JsonText.Unescape(bytes.Span, decoded, escapes);
        }

        scanner.FindCandidates(Plain, Candidates);
        ViewTriggers.Find(Plain, triggers);
        MarkPlaces();
    }

    /// <summary>Forgets the payload.</summary>
    public void Clear() => payload = default;

    /// <summary>The bytes of the payload from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public ReadOnlySpan<byte> Bytes(int start, int end) => payload.Span[start..end];

    /// <summary>Finds what is known of the unit from <paramref name="start"/> to <paramref name="end"/>; false if one of its ends was taken for a part of an escape.</summary>
    public bool TryGetUnit(int start, int end, out PayloadUnit unit)
    {
        if (!TrySeek(start, end))
        {
            unit = default;
            return false;
        }

        int length = last.PlainEnd - last.PlainStart;
        unit = new PayloadUnit
        {
            Text = payload.Span[start..end],
            Start = start,
            PlainStart = last.PlainStart,
            PlainLength = length,
            Escapes = CollectionsMarshal.AsSpan(escapes)[last.FirstEscape..last.BehindEscape],
            Triggers = new UnitTriggers(
                Candidates.Items[last.FirstCandidate..last.BehindCandidate], last.PlainStart, triggers.Count == 0 ? [] : TriggersIn(last.PlainStart, last.PlainEnd)),
        };
        return true;
    }

    /// <summary>Whether rules find anything in a unit without its escapes.</summary>
    public bool Finds(int start, int end, Scanner scanner) => TrySeek(start, end) && (ConfirmLast(scanner) != ScanStatus.Complete || lastFindings.Count > 0);

    /// <summary>Whether rules find nothing in a unit, and there is nothing in it to decode and no member of JSON that a rule may name: reading it would say no more.</summary>
    public bool IsClean(int start, int end, Scanner scanner) => TrySeek(start, end) && last.FirstEscape == last.BehindEscape
        && ConfirmLast(scanner) == ScanStatus.Complete && lastFindings.Count == 0
        && (triggers.Count == 0 || TriggersIn(last.PlainStart, last.PlainEnd).IsEmpty)
        && (last.FirstCandidate == last.BehindCandidate || !payload.Span[start..end].Contains((byte)'"'));

    /// <summary>Finds what rules find in a unit without its escapes.</summary>
    public ScanStatus Confirm(in PayloadUnit unit, Scanner scanner, FindingList findings)
    {
        TrySeek(unit.Start, unit.Start + unit.Text.Length);
        ScanStatus status = ConfirmLast(scanner);
        findings.Clear();
        foreach (Finding finding in lastFindings.Items)
        {
            findings.Add(finding);
        }

        return status;
    }

    /// <summary>Finds what rules find in a part of the payload as it stands, and in no view of it.</summary>
    public ScanStatus Scan(int start, int end, Scanner scanner, FindingList findings) =>
        TryGetUnit(start, end, out PayloadUnit unit) && unit.Escapes.IsEmpty
            ? scanner.Confirm(Plain, unit.PlainStart, end - start, unit.Triggers.Candidates, findings)
            : scanner.Scan(payload.Span[start..end], findings);

    /// <summary>
    /// Makes a unit the last one; false if one of its ends was taken for a part of an escape. Units are asked for in the order in which they lie there, so that what
    /// belongs to one is behind what belongs to the last.
    /// </summary>
    private bool TrySeek(int start, int end)
    {
        if (start == last.Start && end == last.End)
        {
            return true;
        }

        ReadOnlySpan<Escape> all = CollectionsMarshal.AsSpan(escapes);
        bool isBehind = start >= last.End;
        int first = all.IsEmpty ? 0 : isBehind ? last.BehindEscape : FirstEscapeEndingAfter(start);
        while (first < all.Length && all[first].Spelled + all[first].SpelledLength <= start)
        {
            first++;
        }

        int behind = first;
        while (behind < all.Length && all[behind].Spelled < end)
        {
            behind++;
        }

        if (behind > first && (all[first].Spelled < start || all[behind - 1].Spelled + all[behind - 1].SpelledLength > end))
        {
            return false;
        }

        int plainStart = PlainOf(first, start), plainEnd = PlainOf(behind, end);
        ReadOnlySpan<Candidate> candidates = Candidates.Items;
        int candidate = isBehind ? last.BehindCandidate : Candidates.IndexAtOrAfter(plainStart);
        while (candidate < candidates.Length && candidates[candidate].Position < plainStart)
        {
            candidate++;
        }

        int behindCandidate = candidate;
        while (behindCandidate < candidates.Length && candidates[behindCandidate].Position < plainEnd)
        {
            behindCandidate++;
        }

        last = new Extent(start, end, plainStart, plainEnd, first, behind, candidate, behindCandidate);
        lastStatus = null;
        return true;
    }

    /// <summary>Finds what rules find in the last unit, once: it is asked whether that is anything, and then read.</summary>
    private ScanStatus ConfirmLast(Scanner scanner) => lastStatus ??= scanner.Confirm(
        Plain, last.PlainStart, last.PlainEnd - last.PlainStart, Candidates.Items[last.FirstCandidate..last.BehindCandidate], lastFindings);

    private ReadOnlySpan<ViewTrigger> TriggersIn(int start, int end)
    {
        ReadOnlySpan<ViewTrigger> all = CollectionsMarshal.AsSpan(triggers);
        int low = 0, high = all.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = all[middle].End <= start ? (middle + 1, high) : (low, middle);
        }

        int behind = low;
        while (behind < all.Length && all[behind].Start < end)
        {
            behind++;
        }

        return all[low..behind];
    }

    private int FirstEscapeEndingAfter(int position)
    {
        ReadOnlySpan<Escape> all = CollectionsMarshal.AsSpan(escapes);
        int low = 0, high = all.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = all[middle].Spelled + all[middle].SpelledLength <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Where a byte that <paramref name="before"/> escapes stand before is in <see cref="Plain"/>.</summary>
    private int PlainOf(int before, int position)
    {
        if (before == 0)
        {
            return position;
        }

        Escape last = escapes[before - 1];
        return position - last.Spelled - last.SpelledLength + last.Plain + last.PlainLength;
    }

    private void MarkPlaces()
    {
        ReadOnlySpan<Escape> all = CollectionsMarshal.AsSpan(escapes);
        AddMarks(all);
        if (marks.Count == 0)
        {
            return;
        }

        marked.Clear();
        ReadOnlySpan<int> rest = CollectionsMarshal.AsSpan(marks);
        int before = 0;
        foreach (Candidate candidate in Candidates.Items)
        {
            while (before < all.Length && all[before].Plain <= candidate.Position)
            {
                before++;
            }

            int position = SpelledOf(all[..before], candidate.Position);
            for (; !rest.IsEmpty && rest[0] <= position; rest = rest[1..])
            {
                marked.Add(rest[0], Mark);
            }

            marked.Add(position, candidate.Atom);
        }

        foreach (int mark in rest)
        {
            marked.Add(mark, Mark);
        }
    }

    /// <summary>Adds the places where something is encoded, in ascending order.</summary>
    private void AddMarks(ReadOnlySpan<Escape> all)
    {
        foreach (Escape escape in all)
        {
            marks.Add(escape.Spelled);
            if (escape.SpelledLength > 2)
            {
                marks.Add(escape.Spelled + escape.SpelledLength - 1);
            }
        }

        if (triggers.Count == 0)
        {
            return;
        }

        var map = new SpellingMap(all);
        foreach (ViewTrigger trigger in triggers)
        {
            // A run may go on in the next field: each field that has enough of it gets a mark.
            for (int at = trigger.Start; at < trigger.End; at += ViewLimits.MinRun)
            {
                marks.Add(map.StartOf(at));
            }
        }

        marks.Sort();
    }

    /// <summary>Where the character is spelled that a byte of <see cref="Plain"/> belongs to, of which the escapes are known that start at or before it.</summary>
    private static int SpelledOf(ReadOnlySpan<Escape> before, int position)
    {
        if (before.IsEmpty)
        {
            return position;
        }

        ref readonly Escape last = ref before[^1];
        int behind = position - last.Plain - last.PlainLength;
        return behind < 0 ? last.Spelled : behind + last.Spelled + last.SpelledLength;
    }

    /// <summary>Where a unit is in the payload and in <see cref="Plain"/>, and which of their lists' items are in it.</summary>
    private readonly record struct Extent(int Start, int End, int PlainStart, int PlainEnd, int FirstEscape, int BehindEscape, int FirstCandidate, int BehindCandidate);
}
