using System.Runtime.InteropServices;
using Redactor.Locate;
using Redactor.Redact.Conversations;
using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>
/// Reads one unit as all that it means: as it stands, and decoded, as often as it is encoded. What is found in a view is carried back, encoding by encoding, to the
/// bytes of the unit that it came from. Reused; not thread-safe.
/// </summary>
/// <remarks>
/// <code>
/// unit    {"args":"{\"auth\":\"Basic YXBwOnNlc2FtZQ==\"}"}      JSON: members with secret names; masks must leave it JSON
/// view 1  {"args":"{"auth":"Basic YXBwOnNlc2FtZQ=="}"}          without escapes, found by scanning it
/// view 2  app:sesame                                              the run of base64, if it is text
/// </code>
/// A view that is spelled character by character (escapes, entities, URL-encoding) has a map, and what is found in it is masked in the unit's own text. A run of base64
/// or hex is masked decoded and encoded again.
/// </remarks>
internal sealed class UnitReader(UnitJudge judge, FindingCounter counter)
{
    private readonly List<ViewLevel> levels = [];
    private readonly MaskTexts texts = new();
    private Scanner scanner = null!;
    private JsonMembers members = null!;
    private string place = "";
    private int viewsLeft;

    /// <summary>What is to be masked in the last unit: ascending, not overlapping.</summary>
    public ReadOnlySpan<MaskedRange> Ranges => CollectionsMarshal.AsSpan(LevelAt(0).Ranges);

    /// <summary>The texts that <see cref="Ranges"/> point into.</summary>
    public ReadOnlySpan<byte> Texts => texts.Written;

    /// <summary>Bytes of storage that are kept for the next unit.</summary>
    public int Capacity
    {
        get
        {
            int capacity = 0;
            foreach (ViewLevel level in levels)
            {
                capacity += level.Text.Capacity + level.Masked.Capacity;
            }

            return capacity;
        }
    }

    /// <summary>Sets the rules for the units that follow.</summary>
    public void Begin(Scanner rules)
    {
        if (scanner != rules)
        {
            scanner = rules;
            members = new JsonMembers(rules, judge, texts);
        }
    }

    /// <summary>Is told of every view that is read, for <c>explain</c>.</summary>
    public ViewObserver? Observer { get; set; }

    /// <summary>Who says what in the next unit, if it is of a conversation.</summary>
    public List<Segment> Segments => LevelAt(0).Segments;

    /// <summary>Adds to what is to be masked in the last unit.</summary>
    public void Add(List<MaskedRange> more)
    {
        LevelAt(0).Ranges.AddRange(more);
        MaskedRanges.Merge(LevelAt(0).Ranges);
    }

    /// <summary>Reads a unit.</summary>
    /// <param name="unit">The text.</param>
    /// <param name="nameRule">The rule that names the whole unit as secret, or -1.</param>
    /// <param name="where">The place to count findings under.</param>
    public Verdict Read(ReadOnlySpan<byte> unit, int nameRule, string where)
    {
        Start(unit.Length, where);
        ViewLevel level = LevelAt(0);
        ViewTriggers.Find(unit, level.Triggers);
        scanner.FindCandidates(unit, level.Candidates);
        ScanStatus status = scanner.Confirm(unit, 0, unit.Length, level.Candidates, level.Findings);
        return Read(unit, status, nameRule, new UnitTriggers(level.Candidates.Items, 0, CollectionsMarshal.AsSpan(level.Triggers)));
    }

    /// <summary>Reads the views of a part of a text, of which it is known what is found in the part as it stands.</summary>
    /// <param name="part">The part.</param>
    /// <param name="status">How searching the text ended.</param>
    /// <param name="findings">What was found in the part.</param>
    /// <param name="where">The place to count findings under.</param>
    public Verdict Read(ReadOnlySpan<byte> part, ScanStatus status, FindingList findings, string where)
    {
        Start(part.Length, where);
        ViewLevel level = LevelAt(0);
        level.Findings.Clear();
        foreach (Finding finding in findings.Items)
        {
            level.Findings.Add(finding);
        }

        ViewTriggers.Find(part, level.Triggers);
        level.Candidates.Clear();
        if (part.Contains((byte)'"'))
        {
            scanner.FindCandidates(part, level.Candidates);
        }

        return Read(part, status, -1, new UnitTriggers(level.Candidates.Items, 0, CollectionsMarshal.AsSpan(level.Triggers)));
    }

    /// <summary>Reads a unit of a payload of which the candidates and triggers are known.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="start">Where the unit starts in it.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="nameRule">The rule that names the whole unit as secret, or -1.</param>
    /// <param name="where">The place to count findings under.</param>
    public Verdict Read(PayloadText payload, int start, int end, int nameRule, string where)
    {
        if (!payload.TryGetUnit(start, end, out PayloadUnit unit) || (!unit.Escapes.IsEmpty && EntitiesComeFirst(unit.Text, unit.Triggers)))
        {
            return Read(payload.Bytes(start, end), nameRule, where);
        }

        Start(end - start, where);
        ViewLevel level = LevelAt(0);
        if (unit.Escapes.IsEmpty)
        {
            ScanStatus status = scanner.Confirm(payload.Plain, unit.PlainStart, unit.Text.Length, payload.Candidates, level.Findings);
            return Read(unit.Text, status, nameRule, unit.Triggers);
        }

        return ReadEscaped(payload, unit, nameRule);
    }

    /// <summary>Reads a unit whose first view, without escapes, has been searched with the payload.</summary>
    private Verdict ReadEscaped(PayloadText payload, in PayloadUnit unit, int nameRule)
    {
        // JSON means what its strings mean: as it stands it says nothing that it does not say without escapes.
        ViewLevel level = LevelAt(0), inner = LevelAt(1);
        level.Findings.Clear();
        bool isJson = JsonTokens.LooksLikeJson(unit.Text);
        ScanStatus status = isJson ? ScanStatus.Complete : scanner.Scan(unit.Text, level.Findings);
        Verdict verdict = JudgeText(unit.Text, status, nameRule, level);
        if (verdict > Verdict.Mask || IsWhole(level, unit.Text.Length))
        {
            return verdict;
        }

        var map = new SpellingMap(unit.Escapes, unit.PlainStart, unit.Start);
        ReadOnlySpan<byte> view = payload.Plain.Slice(unit.PlainStart, unit.PlainLength);
        status = scanner.Confirm(payload.Plain, unit.PlainStart, view.Length, payload.Candidates, inner.Findings);
        bool named = NamesMember(unit.Triggers, view);
        inner.Known.Clear();
        Tell(inner, map, level);
        KeepNew(inner, map, level.Ranges);
        verdict = Max(verdict, JudgeText(view, status, -1, inner));
        verdict = Max(verdict, ReadViews(view, 1, unit.Triggers, !isJson));
        verdict = Max(verdict, ReadMembers(view, inner, !isJson && named, isWhole: !isJson));
        Carry(inner, map, ViewEncoding.Escapes, level);
        verdict = Max(verdict, ReadMembers(unit.Text, level, named, isWhole: true));
        return Ended(verdict, level);
    }

    /// <summary>Judges a unit that has been searched, and reads its views.</summary>
    private Verdict Read(ReadOnlySpan<byte> unit, ScanStatus status, int nameRule, in UnitTriggers triggers)
    {
        ViewLevel level = LevelAt(0);
        return Ended(ReadText(unit, status, nameRule, 0, triggers, isWhole: true), level);
    }

    private Verdict ReadText(ReadOnlySpan<byte> text, ScanStatus status, int nameRule, int depth, in UnitTriggers triggers, bool isWhole)
    {
        ViewLevel level = LevelAt(depth);
        Blobs.Drop(text, triggers.Encoded, triggers.Offset, level.Findings, scanner);
        Verdict verdict = JudgeText(text, status, nameRule, level);
        if (verdict > Verdict.Mask || IsWhole(level, text.Length))
        {
            return verdict;
        }

        verdict = Max(verdict, ReadViews(text, depth, triggers, isWhole));
        return Max(verdict, ReadMembers(text, level, NamesMember(triggers, text), isWhole));
    }

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
                    : ReadView(new SpellingMap(CollectionsMarshal.AsSpan(inner.Escapes)), ViewEncoding.Escapes, 0, level, depth, isWhole && !JsonTokens.LooksLikeJson(text));
            }
        }

        return triggers.Encoded.IsEmpty ? Verdict.Clean : ReadEncoded(text, depth, triggers, isWhole);
    }

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

    private Verdict ReadEncoded(ReadOnlySpan<byte> text, int depth, in UnitTriggers triggers, bool isWhole)
    {
        ViewLevel level = LevelAt(depth), inner = LevelAt(depth + 1);
        foreach (ViewTrigger trigger in triggers.Encoded)
        {
            if (trigger.Kind == TriggerKind.Entity)
            {
                HtmlEntities.Decode(text, inner.Text, inner.Escapes);
                return depth == ViewLimits.MaxDepth
                    ? Beyond(0, text.Length, level)
                    : ReadView(new SpellingMap(CollectionsMarshal.AsSpan(inner.Escapes)), ViewEncoding.Entities, 0, level, depth, isWhole && !JsonTokens.LooksLikeJson(text));
            }
        }

        Verdict verdict = ReadUrls(text, depth, triggers);
        int done = 0;
        foreach (ViewTrigger trigger in triggers.Encoded)
        {
            int start = Math.Max(0, trigger.Start - triggers.Offset), end = Math.Min(trigger.End - triggers.Offset, text.Length);
            if (trigger.Kind == TriggerKind.Run && start >= done && end - start >= ViewLimits.MinRun && !level.IsUrl(start)
                && !MaskedRanges.Cover(CollectionsMarshal.AsSpan(level.Ranges), start, end, int.MaxValue) && EncodedRun.TryRecognize(text, start, end, out EncodedRun run))
            {
                verdict = Max(verdict, depth == ViewLimits.MaxDepth ? Beyond(run.Start, run.End, level) : ReadRun(text, run, level, depth));
                done = run.End;
            }
        }

        MaskedRanges.Merge(level.Ranges);
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
            PercentEncoding.Decode(text[start..end], inner.Text, inner.Escapes);
            verdict = Max(verdict, depth == ViewLimits.MaxDepth
                ? Beyond(start, end, level)
                : ReadView(new SpellingMap(CollectionsMarshal.AsSpan(inner.Escapes)), ViewEncoding.Percent, start, level, depth, true));
        }

        return verdict;
    }

    /// <summary>Reads the text of the next level, which is spelled in the text of <paramref name="outer"/> from <paramref name="start"/> on.</summary>
    private Verdict ReadView(SpellingMap map, ViewEncoding encoding, int start, ViewLevel outer, int depth, bool isWhole)
    {
        ViewLevel inner = LevelAt(depth + 1);
        Verdict verdict = ReadLevel(depth + 1, NameOf(encoding), map, start, outer, isWhole);
        Carry(inner, map, encoding, outer, start);
        return verdict;
    }

    private Verdict ReadRun(ReadOnlySpan<byte> text, in EncodedRun run, ViewLevel outer, int depth)
    {
        ViewLevel inner = LevelAt(depth + 1);
        int from = run.Start;
        run.Decode(text, inner.Text);
        inner.Escapes.Clear();
        int segment = outer.Segments.FindLastIndex(s => s.Start <= from);
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
            outer.Ranges.Add(texts.Encode(new MaskedRange(run.Start, run.End, ranges[0].Rule), run, inner.Masked.WrittenSpan));
        }

        return verdict;
    }

    /// <summary>Searches the text of a level and reads its views. What the text around it has found already is not found once more.</summary>
    private Verdict ReadLevel(int depth, string encoding, SpellingMap map, int start, ViewLevel? outer, bool isWhole)
    {
        ViewLevel level = LevelAt(depth);
        ReadOnlySpan<byte> text = level.Text.WrittenSpan;
        if (--viewsLeft < 0)
        {
            level.Ranges.Clear();
            return Beyond(0, text.Length, level);
        }

        Observer?.Invoke(encoding, depth, text);
        scanner.FindCandidates(text, level.Candidates);
        ScanStatus status = scanner.Confirm(text, 0, text.Length, level.Candidates, level.Findings);
        level.Known.Clear();
        if (outer is not null)
        {
            Tell(level, map, outer, start);
            KeepNew(level, map, outer.Ranges, start);
        }

        ViewTriggers.Find(text, level.Triggers);
        return ReadText(text, status, -1, depth, new UnitTriggers(level.Candidates.Items, 0, CollectionsMarshal.AsSpan(level.Triggers)), isWhole);
    }

    private static string NameOf(ViewEncoding encoding) => encoding switch
    {
        ViewEncoding.Escapes => "without escapes",
        ViewEncoding.Entities => "without HTML entities",
        _ => "URL-decoded",
    };

    private Verdict JudgeText(ReadOnlySpan<byte> text, ScanStatus status, int nameRule, ViewLevel level)
    {
        judge.Segments = level.Segments;
        Verdict verdict = judge.Judge(text, status, level.Findings, nameRule, place);
        level.Ranges.Clear();
        level.Ranges.AddRange(judge.Ranges);
        if (level.Known.Count > 0)
        {
            level.Ranges.AddRange(level.Known);
            MaskedRanges.Merge(level.Ranges);
        }

        return verdict;
    }

    private Verdict ReadMembers(ReadOnlySpan<byte> text, ViewLevel level, bool named, bool isWhole)
    {
        bool isJson = isWhole && (named || level.Ranges.Count > 0) && JsonTokens.LooksLikeJson(text);
        return named || isJson ? ReadJson(text, level, isJson) : Verdict.Clean;
    }

    private Verdict ReadJson(ReadOnlySpan<byte> text, ViewLevel level, bool isJson)
    {
        judge.Segments = level.Segments;
        return members.Read(text, level.Ranges, isJson, place);
    }

    /// <summary>Whether some candidate may lie in the name of a JSON member: a quote and a colon follow.</summary>
    private static bool NamesMember(in UnitTriggers triggers, ReadOnlySpan<byte> text)
    {
        if (triggers.Candidates.IsEmpty || !text.Contains((byte)'"'))
        {
            return false;
        }

        foreach (Candidate candidate in triggers.Candidates)
        {
            int position = candidate.Position - triggers.Offset;
            ReadOnlySpan<byte> behind = text.Slice(position, Math.Min(text.Length - position, ViewLimits.MaxNameRest));
            for (int quote; candidate.Atom >= 0 && (quote = behind.IndexOf((byte)'"')) >= 0;)
            {
                behind = behind[(quote + 1)..].TrimStart(" \t\r\n"u8);
                if (!behind.IsEmpty && behind[0] == ':')
                {
                    return true;
                }
            }
        }

        return false;
    }

    private Verdict Beyond(int start, int end, ViewLevel level)
    {
        counter.UnitsOverBudget++;
        level.Ranges.Add(new MaskedRange(start, end, -1));
        MaskedRanges.Merge(level.Ranges);
        return Verdict.Mask;
    }

    /// <summary>Tells a view who says what in it.</summary>
    private static void Tell(ViewLevel level, SpellingMap map, ViewLevel outer, int start = 0)
    {
        level.Segments.Clear();
        foreach (Segment segment in outer.Segments)
        {
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

    private void Carry(ViewLevel inner, SpellingMap map, ViewEncoding encoding, ViewLevel outer, int start = 0)
    {
        foreach (MaskedRange range in inner.Ranges)
        {
            outer.Ranges.Add(texts.Spell(range, encoding) with { Start = start + map.StartOf(range.Start), End = start + map.EndOf(range.End) });
        }

        MaskedRanges.Merge(outer.Ranges);
    }

    private void Start(int length, string where)
    {
        place = where;
        viewsLeft = ViewLimits.MinViews + (length / ViewLimits.BytesPerView);
        texts.Clear();
    }

    private ViewLevel LevelAt(int depth)
    {
        while (levels.Count <= depth)
        {
            levels.Add(new ViewLevel());
        }

        return levels[depth];
    }

    private static bool IsWhole(ViewLevel level, int length) => level.Ranges is [{ Start: 0 } only] && only.End == length;

    private static Verdict Ended(Verdict verdict, ViewLevel level) => level.Ranges.Count > 0 ? Max(verdict, Verdict.Mask) : verdict;

    private static Verdict Max(Verdict a, Verdict b) => (Verdict)Math.Max((int)a, (int)b);
}
