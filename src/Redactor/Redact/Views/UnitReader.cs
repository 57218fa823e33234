using System.Runtime.InteropServices;
using Redactor.Locate;
using Redactor.Redact.Conversations;
using Redactor.Rules;
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
internal sealed partial class UnitReader(UnitJudge judge, FindingCounter counter)
{
    private readonly List<ViewLevel> levels = [];
    private readonly MaskTexts texts = new();
    private Scanner scanner = null!;
    private JsonMembers members = null!;
    private string place = "";
    private int viewsLeft;
    private long bytesLeft;

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

    /// <summary>Whether the members of JSON are read too: their names, and that masks leave it JSON.</summary>
    public bool ReadsMembers { get; set; } = true;

    /// <summary>Whose content of a conversation the units that follow are, and what they are; null: of none.</summary>
    public (ConversationRole Role, ConversationPart Part)? Content
    {
        get;
        set
        {
            field = value;
            Segments.Clear();
            judge.Segments = Segments;
        }
    }

    /// <summary>Who says what in the next unit, if it is of a conversation.</summary>
    public List<Segment> Segments => LevelAt(0).Segments;

    /// <summary>Reads who says what in the next unit, if it is of a conversation.</summary>
    public void ReadSegments(ReadOnlySpan<byte> unit)
    {
        if (Content is { } content)
        {
            ConversationText.Read(unit, content.Role, content.Part, Segments);
        }
    }

    /// <summary>Adds to what is to be masked in the last unit. A text that takes the place of a range takes that of all in it.</summary>
    /// <param name="more">The ranges.</param>
    /// <param name="itsTexts">What their texts point into.</param>
    /// <param name="isNamed">Whether a name says that the unit is secret: then what is masked for it stays masked, whatever a text would show of it.</param>
    public void Add(List<MaskedRange> more, ReadOnlySpan<byte> itsTexts, bool isNamed)
    {
        List<MaskedRange> ranges = LevelAt(0).Ranges;
        foreach (MaskedRange range in more)
        {
            if (isNamed && range.HasText && ranges.Exists(own => !own.HasText && own.Start <= range.Start && own.End >= range.End))
            {
                continue;
            }

            if (range.HasText)
            {
                ranges.RemoveAll(own => own.Start >= range.Start && own.End <= range.End);
            }

            ranges.Add(range.HasText ? texts.Copy(range, itsTexts) : range);
        }

        MaskedRanges.Merge(ranges);
    }

    /// <summary>Reads a unit.</summary>
    /// <param name="unit">The text.</param>
    /// <param name="nameRule">The rule that names the whole unit as secret, or -1.</param>
    /// <param name="where">The place to count findings under.</param>
    public Verdict Read(ReadOnlySpan<byte> unit, int nameRule, string where)
    {
        Start(unit.Length, where);
        ViewLevel level = LevelAt(0);
        if (unit.Contains((byte)'\\') && JsonTokens.LooksLikeJson(unit) && TryReadJson(unit, nameRule, out Verdict verdict))
        {
            return verdict;
        }

        ViewTriggers.Find(unit, level.Triggers);
        scanner.FindCandidates(unit, level.Candidates, oneUnit: true);
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
        if (ReadsMembers && part.Contains((byte)'"'))
        {
            scanner.FindCandidates(part, level.Candidates, oneUnit: true);
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
        ScanStatus status = payload.Confirm(unit, LevelAt(unit.Escapes.IsEmpty ? 0 : 1).Findings);
        return unit.Escapes.IsEmpty
            ? Read(unit.Text, status, nameRule, unit.Triggers)
            : ReadEscaped(status, unit, nameRule);
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

        verdict = Verdicts.Max(verdict, ReadViews(text, depth, triggers, isWhole));
        level.TakeCarried();
        level.IsNamed |= MemberNames.MayBeIn(text, triggers, scanner);
        return Verdicts.Max(verdict, ReadMembers(text, level, level.IsNamed, isWhole));
    }

    /// <summary>Searches the text of a level and reads its views. What the text around it has found already is not found once more.</summary>
    private Verdict ReadLevel(int depth, string encoding, SpellingMap map, int start, ViewLevel? outer, bool isWhole)
    {
        ViewLevel level = LevelAt(depth);
        ReadOnlySpan<byte> text = level.Text.WrittenSpan;
        bytesLeft -= text.Length;
        if (--viewsLeft < 0 || bytesLeft < 0)
        {
            level.Ranges.Clear();
            level.IsNamed = false;
            return Beyond(0, text.Length, level);
        }

        Observer?.Invoke(encoding, depth, text);
        scanner.FindCandidates(text, level.Candidates, oneUnit: true);
        ScanStatus status = scanner.Confirm(text, 0, text.Length, level.Candidates, level.Findings);
        level.Known.Clear();
        if (outer is not null)
        {
            Tell(level, text.Length, map, outer, start);
            KeepNew(level, map, outer.Ranges, start);
            HandOver(level, text, map, outer.Ranges, start);
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
        level.Carried.Clear();
        level.IsNamed = false;
        level.Ranges.AddRange(judge.Ranges);
        if (level.Known.Count > 0)
        {
            level.Ranges.AddRange(level.Known);
            MaskedRanges.Merge(level.Ranges);
        }

        return verdict;
    }

    private void Start(int length, string where)
    {
        place = where;
        viewsLeft = ViewLimits.MinViews + (length / ViewLimits.BytesPerView);
        bytesLeft = ViewLimits.MaxViewBytes;
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

    private static Verdict Ended(Verdict verdict, ViewLevel level) => level.Ranges.Count > 0 ? Verdicts.Max(verdict, Verdict.Mask) : verdict;
}
