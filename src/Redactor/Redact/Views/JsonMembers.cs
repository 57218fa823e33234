using System.Runtime.InteropServices;
using Redactor.Locate;
using Redactor.Scanning;
using Redactor.Scanning.Judging;

namespace Redactor.Redact.Views;

/// <summary>
/// What JSON inside a text adds to its findings: members whose names are keys of a rule, to any depth of JSON in strings of JSON. And what it asks of the masks:
/// that the text stays JSON, so that structure stays and a masked number becomes a string.
/// </summary>
internal sealed class JsonMembers(Scanner scanner, UnitJudge judge, MaskTexts texts)
{
    private static readonly FindingList NoFindings = new();

    private readonly List<Level> levels = [];

    /// <summary>Where in the text the JSON stands that is read, if that is nested in a string; else -1.</summary>
    private int origin = -1;

    /// <summary>Whether any rule may name a member of the text. Where none may, each name would still cost a look-up.</summary>
    private bool mayBeNamed;

    /// <summary>Adds the values of secret names to <paramref name="ranges"/> and, in a text that is JSON, cuts all ranges to its tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ranges">What is to be masked in it: ascending, not overlapping; that is what they are again in the end.</param>
    /// <param name="isJson">Whether the whole text is JSON and must stay it.</param>
    /// <param name="named">Whether any rule may name a member.</param>
    /// <param name="place">The place to count findings under.</param>
    /// <returns>What the findings ask for.</returns>
    public Verdict Read(ReadOnlySpan<byte> text, List<MaskedRange> ranges, bool isJson, bool named, string place)
    {
        mayBeNamed = named;
        return Read(text, ranges, isJson, place, 0);
    }

    private Verdict Read(ReadOnlySpan<byte> text, List<MaskedRange> ranges, bool cut, string place, int depth)
    {
        Level level = LevelAt(depth);
        level.Found.Clear();
        var verdict = Verdict.Clean;
        var tokens = new JsonTokens(text);
        int named = -1, nesting = 0, inherited = -1, inheritedAt = -1;

        // Where no name can be one of a rule's, what lies behind the last range has nothing to say.
        int end = mayBeNamed ? text.Length : ranges.Count > 0 ? ranges[^1].End : 0;
        while (tokens.Read() && tokens.Start < end)
        {
            int rule = named >= 0 ? named : inherited;
            named = -1;
            switch (tokens.Kind)
            {
                case JsonTokenKind.Open:
                    (inherited, inheritedAt) = inherited < 0 && rule >= 0 ? (rule, nesting) : (inherited, inheritedAt);
                    nesting++;
                    break;
                case JsonTokenKind.Close:
                    nesting--;
                    inherited = nesting == inheritedAt ? -1 : inherited;
                    break;
                case JsonTokenKind.Name:
                    named = mayBeNamed ? NameRule(text[tokens.Start..tokens.End], tokens.End, level) : -1;
                    ReadString(text, tokens, ranges, -1, place, depth, cut, ref verdict);
                    break;
                case JsonTokenKind.String:
                    ReadString(text, tokens, ranges, rule, place, depth, cut, ref verdict);
                    break;
                default:
                    ReadBare(text, tokens, ranges, rule, place, level, cut, ref verdict);
                    break;
            }
        }

        // A number that becomes a string here has the quotes of this text, whatever those of its views are.
        ranges.RemoveAll(range => cut || (range.HasText && MaskedRanges.Within(level.Found, range.Start, range.End) is [{ HasText: true } quoted] && quoted.Start == range.Start && quoted.End == range.End));
        ranges.AddRange(level.Found);
        MaskedRanges.Merge(ranges);
        return verdict;
    }

    /// <summary>The rule that names the value behind a name as secret, of those that take part there.</summary>
    private int NameRule(ReadOnlySpan<byte> name, int end, Level level)
    {
        if (name.Contains((byte)'\\'))
        {
            JsonText.Unescape(name, level.Plain, level.Escapes);
            name = level.Plain.WrittenSpan;
        }

        return scanner.MatchName(name, judge.AbsentBehind(origin < 0 ? end : origin));
    }

    private void ReadString(ReadOnlySpan<byte> text, in JsonTokens token, List<MaskedRange> ranges, int rule, string place, int depth, bool cut, ref Verdict verdict)
    {
        Level level = levels[depth];
        int first = level.Found.Count;
        ReadOnlySpan<byte> content = text[token.Start..token.End];
        // Text is full of schemas and examples: what the rules for "password": ... in text leave alone stays here too.
        if (rule >= 0 && !Checks.IsWordForNoValue(content))
        {
            Judge(content, token.Start, rule, place, level, ref verdict);
        }

        ReadOnlySpan<MaskedRange> within = cut ? MaskedRanges.Within(ranges, token.Start, token.End) : [];
        if (first < level.Found.Count)
        {
            // The value is masked whole; a rule that stands before the name's gives the label.
            foreach (ref readonly MaskedRange range in within)
            {
                ref MaskedRange whole = ref CollectionsMarshal.AsSpan(level.Found)[first];
                whole = MaskedRanges.Labelled(whole, range) with { Start = whole.Start, End = whole.End, Text = -1, TextLength = 0 };
            }

            return;
        }

        AddCut(within, token, level);

        // Of JSON only lists of numbers need no quotes, and so no escapes; in HTML others need none.
        bool isFound = level.Found.Count > first;
        if (depth < ViewLimits.MaxDepth && (isFound || mayBeNamed) && (content.Contains((byte)'\\') || (isFound && (content.Contains((byte)'&') || content.TrimStart(" \t"u8) is [(byte)'[', ..]))))
        {
            ReadNested(content, token.Start, first, place, depth, ViewEncoding.Escapes, ref verdict);
        }
    }

    /// <summary>Adds what ranges cover of a token.</summary>
    private void AddCut(ReadOnlySpan<MaskedRange> within, in JsonTokens token, Level level)
    {
        foreach (ref readonly MaskedRange range in within)
        {
            if (token.Kind == JsonTokenKind.Name && IsPassed(token, range))
            {
                continue;
            }

            bool inside = range.Start >= token.Start && range.End <= token.End;
            level.Found.Add(inside ? range : range with { Start = Math.Max(range.Start, token.Start), End = Math.Min(range.End, token.End), Text = -1, TextLength = 0 });
        }
    }

    /// <summary>
    /// Whether a finding only passes a name on its way from value to value: then the name stays, and with it the member. Not one as long as a line of a key, nor one in a value
    /// that is known, whose own it is; and what went unread for the budget may be anything.
    /// </summary>
    private bool IsPassed(in JsonTokens name, in MaskedRange range) =>
        range.Start < name.Start && range.End > name.End && name.End - name.Start < ViewLimits.MinRun && range.Rule >= 0 && !scanner.Rules[range.Rule].HasOnlyValues;

    /// <summary>Reads the JSON in a string of JSON; ranges in it are those of the level from <paramref name="first"/> on.</summary>
    private void ReadNested(ReadOnlySpan<byte> content, int start, int first, string place, int depth, ViewEncoding encoding, ref Verdict verdict)
    {
        Level level = levels[depth];
        if (encoding == ViewEncoding.Entities)
        {
            HtmlEntities.Decode(content, level.Plain, level.Escapes);
        }
        else
        {
            JsonText.Unescape(content, level.Plain, level.Escapes);
        }

        ReadOnlySpan<byte> plain = level.Plain.WrittenSpan;
        bool isJson = JsonTokens.LooksLikeJson(plain);
        if (!isJson && (encoding == ViewEncoding.Entities || level.Found.Count == first || !plain.Contains((byte)'&')))
        {
            return;
        }

        var map = new SpellingMap(CollectionsMarshal.AsSpan(level.Escapes));
        level.Nested.Clear();
        foreach (ref readonly MaskedRange range in CollectionsMarshal.AsSpan(level.Found)[first..])
        {
            level.Nested.Add(range with { Start = map.PlainOf(range.Start - start), End = map.PlainEndOf(range.End - start) });
        }

        bool outermost = origin < 0;
        origin = outermost ? start : origin;
        if (isJson)
        {
            verdict = Verdicts.Max(verdict, Read(plain, level.Nested, true, place, depth + 1));
        }
        else
        {
            ReadEntities(plain, level.Nested, place, depth + 1, ref verdict);
        }

        origin = outermost ? -1 : origin;

        // A text that came with its range is spelled for this level already.
        MaskedRange[] before = CollectionsMarshal.AsSpan(level.Found)[first..].ToArray();
        CollectionsMarshal.SetCount(level.Found, first);
        foreach (MaskedRange range in level.Nested)
        {
            int same = range.HasText ? Array.FindIndex(before, known => known.Text == range.Text) : -1;
            int from = map.StartOf(range.Start), to = map.EndOf(range.End);
            level.Found.Add(same >= 0 ? before[same] : texts.Spell(range, encoding, content[from..to]) with { Start = start + from, End = start + to });
        }
    }

    /// <summary>Cuts ranges to the tokens of JSON that HTML entities spell. The text's view without entities has read its names already.</summary>
    private void ReadEntities(ReadOnlySpan<byte> text, List<MaskedRange> ranges, string place, int depth, ref Verdict verdict)
    {
        Level level = LevelAt(depth);
        level.Found.Clear();
        level.Found.AddRange(ranges);
        bool named = mayBeNamed;
        mayBeNamed = false;
        ReadNested(text, 0, 0, place, depth, ViewEncoding.Entities, ref verdict);
        mayBeNamed = named;
        ranges.Clear();
        ranges.AddRange(level.Found);
    }

    private void ReadBare(
        ReadOnlySpan<byte> text, in JsonTokens token, List<MaskedRange> ranges, int rule, string place, Level level, bool cut, ref Verdict verdict)
    {
        ReadOnlySpan<byte> content = text[token.Start..token.End];
        int first = level.Found.Count;
        if (rule >= 0 && (char.IsAsciiDigit((char)content[0]) || content[0] == '-'))
        {
            Judge(content, token.Start, rule, place, level, ref verdict);
        }

        ReadOnlySpan<MaskedRange> found = cut ? MaskedRanges.Within(ranges, token.Start, token.End) : [];
        if (!JsonTokens.IsLiteral(content))
        {
            AddCut(found, token, level);
        }
        else if (level.Found.Count > first || found.Length > 0)
        {
            MaskedRange range = level.Found.Count > first ? level.Found[first] : found[0];
            CollectionsMarshal.SetCount(level.Found, first);
            level.Found.Add(texts.Quote(range with { Start = token.Start, End = token.End }, content, judge.Maskers));
        }
    }

    private void Judge(ReadOnlySpan<byte> content, int start, int rule, string place, Level level, ref Verdict verdict)
    {
        judge.SegmentOffset = origin < 0 ? start : origin;
        verdict = Verdicts.Max(verdict, judge.Judge(content, ScanStatus.Complete, NoFindings, rule, place));
        judge.SegmentOffset = 0;
        foreach (MaskedRange range in judge.Ranges)
        {
            level.Found.Add(range with { Start = range.Start + start, End = range.End + start });
        }
    }

    private Level LevelAt(int depth)
    {
        if (depth == levels.Count)
        {
            levels.Add(new Level());
        }

        return levels[depth];
    }

    private sealed class Level
    {
        public List<MaskedRange> Found { get; } = [];

        public List<MaskedRange> Nested { get; } = [];

        public System.Buffers.ArrayBufferWriter<byte> Plain { get; } = new();

        public List<Escape> Escapes { get; } = [];
    }
}
