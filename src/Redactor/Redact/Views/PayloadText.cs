using System.Runtime.InteropServices;
using Redactor.Locate;
using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>
/// The texts of a payload as they are searched: all together, once, for candidates of the filter and for what may be encoded. Then each is asked for what is known of it.
/// Reused; not thread-safe.
/// </summary>
internal sealed class PayloadText
{
    private readonly List<ViewTrigger> triggers = [];
    private readonly List<int> places = [];
    private readonly ConfirmedUnits confirmed = new();
    private readonly FindingList lastFindings = new();
    private UnitTexts texts = new();
    private Scanner scanner = null!;
    private Extent last;
    private ScanStatus? lastStatus;
    private ReadOnlyMemory<byte> payload;

    /// <summary>The filter's candidates in the texts.</summary>
    public CandidateList Candidates { get; } = new();

    /// <summary>Searches the texts of a payload.</summary>
    public void Read(ReadOnlyMemory<byte> bytes, UnitTexts ofPayload, Scanner rules)
    {
        (payload, texts, scanner) = (bytes, ofPayload, rules);
        (last, lastStatus) = (new Extent { Unit = -1 }, null);
        confirmed.Clear();
        scanner.FindCandidates(texts.Plain, Candidates, oneUnit: true);
        ViewTriggers.Find(texts.Plain, triggers);
    }

    /// <summary>Forgets the payload.</summary>
    public void Clear() => payload = default;

    /// <summary>The bytes of the payload from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public ReadOnlySpan<byte> Bytes(int start, int end) => payload.Span[start..end];

    /// <summary>The places in the payload that are worth locating, one for each unit in which there may be something to mask. Keys without go to <paramref name="names"/>.</summary>
    public List<int> FindPlaces(NameCache names)
    {
        places.Clear();
        ReadOnlySpan<UnitText> units = texts.Units;
        int next = NextSign();
        for (int unit = 0; unit < units.Length; unit++)
        {
            ref readonly UnitText text = ref units[unit];
            bool isClean = text.Kind != UnitKind.Place;
            if (isClean && (next < texts.PlainEndOf(unit) || text.HasEscapes))
            {
                Seek(unit, text.Start, text.End);
                isClean = IsClean() && (text.Kind != UnitKind.Name || !IsNamed());
                next = NextSign();
                if (!isClean && lastStatus is { } status)
                {
                    confirmed.Add(last.PlainStart, status, lastFindings);
                }
            }

            if (!isClean)
            {
                places.Add(text.Start);
            }
            else if (text.Kind == UnitKind.Name)
            {
                names.Add(payload.Span[text.Start..text.End], -1);
            }
        }

        return places;
    }

    /// <summary>The places in a payload that was added as a whole.</summary>
    public List<int> AllPlaces()
    {
        places.Clear();
        int start = texts.Units[0].PlainStart;
        foreach (Candidate candidate in Candidates.Items)
        {
            places.Add(candidate.Position - start);
        }

        foreach (ViewTrigger trigger in triggers)
        {
            places.Add(trigger.Start - start);
        }

        places.Sort();
        return places;
    }

    /// <summary>Finds what is known of the unit from <paramref name="start"/> to <paramref name="end"/>; false if it is none of the texts, nor a part of one without escapes.</summary>
    public bool TryGetUnit(int start, int end, out PayloadUnit unit)
    {
        if (!TrySeek(start, end))
        {
            unit = default;
            return false;
        }

        unit = new PayloadUnit
        {
            Text = payload.Span[start..end],
            Start = start,
            Plain = LastPlain,
            PlainStart = last.PlainStart,
            Escapes = texts.EscapesOf(payload.Span, last.Unit),
            Triggers = LastTriggers,
        };
        return true;
    }

    /// <summary>Whether rules find anything in a unit without its escapes.</summary>
    public bool Finds(int start, int end) => TrySeek(start, end) && (ConfirmLast() != ScanStatus.Complete || lastFindings.Count > 0);

    /// <summary>Whether rules find nothing in a unit, and there is nothing in it to decode and no member of JSON that a rule may name: reading it would say no more.</summary>
    public bool IsClean(int start, int end) => TrySeek(start, end) && IsClean();

    /// <summary>Finds what rules find in a unit without its escapes.</summary>
    public ScanStatus Confirm(in PayloadUnit unit, FindingList findings)
    {
        TrySeek(unit.Start, unit.Start + unit.Text.Length);
        ScanStatus status = ConfirmLast();
        findings.Clear();
        foreach (Finding finding in lastFindings.Items)
        {
            findings.Add(finding);
        }

        return status;
    }

    private ReadOnlySpan<byte> LastPlain => texts.Plain[last.PlainStart..last.PlainEnd];

    private UnitTriggers LastTriggers => new(Candidates.Items[last.FirstCandidate..last.BehindCandidate], last.PlainStart, CollectionsMarshal.AsSpan(triggers)[last.FirstTrigger..last.BehindTrigger]);

    private bool IsClean()
    {
        if (last.FirstTrigger < last.BehindTrigger)
        {
            return false;
        }

        // JSON says nothing as it stands that it does not say without escapes; any other text has to be read in both ways.
        ref readonly UnitText unit = ref texts.Units[last.Unit];
        if (unit.HasEscapes && (unit.LeavesBackslash || !JsonTokens.LooksLikeJson(payload.Span[unit.Start..unit.End])))
        {
            return false;
        }

        return last.FirstCandidate == last.BehindCandidate
            || (!MemberNames.MayBeIn(LastPlain, LastTriggers, scanner) && ConfirmLast() == ScanStatus.Complete && lastFindings.Count == 0);
    }

    /// <summary>Where the first candidate or trigger is among the texts that does not lie before the end of the last unit.</summary>
    private int NextSign() => Math.Min(
        last.BehindCandidate < Candidates.Count ? Candidates.Items[last.BehindCandidate].Position : int.MaxValue,
        last.BehindTrigger < triggers.Count ? triggers[last.BehindTrigger].Start : int.MaxValue);

    /// <summary>Whether the last unit, a key, names a secret. The filter sees every name that does, in it or, of the shortest, with the byte before it.</summary>
    private bool IsNamed()
    {
        bool isSeen = last.FirstCandidate < last.BehindCandidate
            || (last.FirstCandidate > 0 && Candidates.Items[last.FirstCandidate - 1].Position == last.PlainStart - 1);
        return isSeen && scanner.MatchName(LastPlain) >= 0;
    }

    /// <summary>Makes a unit the last one; false if it is none of the texts, nor a part of one without escapes.</summary>
    private bool TrySeek(int start, int end)
    {
        ReadOnlySpan<UnitText> units = texts.Units;
        int unit = last.Unit >= 0 && units[last.Unit].Start == start ? last.Unit : texts.LastAt(start);
        if (unit < 0 || units[unit].Kind == UnitKind.Place || units[unit].End < end || (units[unit].Length != end - start && units[unit].HasEscapes))
        {
            return false;
        }

        Seek(unit, start, end);
        return true;
    }

    /// <summary>Makes a unit, or a part of one, the last one. They are asked for in the order in which they lie there, so that what belongs to one is behind what belongs to the last.</summary>
    private void Seek(int unit, int start, int end)
    {
        int inUnit = start - texts.Units[unit].Start, plainStart = texts.Units[unit].PlainStart + inUnit;
        int plainEnd = end == texts.Units[unit].End ? texts.PlainEndOf(unit) : plainStart + end - start;
        if (plainStart == last.PlainStart && plainEnd == last.PlainEnd && unit == last.Unit)
        {
            return;
        }

        bool isBehind = plainStart >= last.PlainEnd;
        ReadOnlySpan<Candidate> candidates = Candidates.Items;
        int candidate = isBehind ? last.BehindCandidate : 0;
        while (candidate < candidates.Length && candidates[candidate].Position < plainStart)
        {
            candidate++;
        }

        int behindCandidate = candidate;
        while (behindCandidate < candidates.Length && candidates[behindCandidate].Position < plainEnd)
        {
            behindCandidate++;
        }

        ReadOnlySpan<ViewTrigger> encoded = CollectionsMarshal.AsSpan(triggers);
        int trigger = isBehind ? last.BehindTrigger : 0;
        while (trigger < encoded.Length && encoded[trigger].End <= plainStart)
        {
            trigger++;
        }

        int behindTrigger = trigger;
        while (behindTrigger < encoded.Length && encoded[behindTrigger].Start < plainEnd)
        {
            behindTrigger++;
        }

        // One by one: a struct that was just written in parts is slow to copy as a whole.
        (last.Unit, last.PlainStart, last.PlainEnd) = (unit, plainStart, plainEnd);
        (last.FirstCandidate, last.BehindCandidate) = (candidate, behindCandidate);
        (last.FirstTrigger, last.BehindTrigger) = (trigger, behindTrigger);
        lastStatus = null;
    }

    /// <summary>Finds what rules find in the last unit, once: it is asked whether that is anything, and then read.</summary>
    private ScanStatus ConfirmLast() => lastStatus ??= confirmed.Recall(last.PlainStart, lastFindings) ?? scanner.Confirm(
        texts.Plain, last.PlainStart, last.PlainEnd - last.PlainStart, Candidates.Items[last.FirstCandidate..last.BehindCandidate], lastFindings);

    /// <summary>Where a unit, or a part of one, is among the texts, and which candidates and triggers are in it.</summary>
    private struct Extent
    {
        public int Unit;
        public int PlainStart;
        public int PlainEnd;
        public int FirstCandidate;
        public int BehindCandidate;
        public int FirstTrigger;
        public int BehindTrigger;
    }
}
