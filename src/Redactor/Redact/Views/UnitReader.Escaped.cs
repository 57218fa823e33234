using System.Runtime.InteropServices;
using Redactor.Locate;
using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>Units that have escapes of their own: they are searched without them, and those that are JSON only so.</summary>
internal sealed partial class UnitReader
{
    /// <summary>Reads a unit that looks like JSON; false if nothing in it is an escape, or what are must be read as something else first.</summary>
    private bool TryReadJson(ReadOnlySpan<byte> text, int nameRule, out Verdict verdict)
    {
        ViewLevel inner = LevelAt(1);
        JsonText.Unescape(text, inner.Text, inner.Escapes);
        ReadOnlySpan<byte> plain = inner.Text.WrittenSpan;
        ViewTriggers.Find(plain, inner.Triggers);
        var encoded = new UnitTriggers([], 0, CollectionsMarshal.AsSpan(inner.Triggers));
        if (inner.Escapes.Count == 0 || EntitiesComeFirst(text, encoded))
        {
            verdict = Verdict.Clean;
            return false;
        }

        Observer?.Invoke(NameOf(ViewEncoding.Escapes), 1, plain);
        scanner.FindCandidates(plain, inner.Candidates, oneUnit: true);
        var unit = new PayloadUnit
        {
            Text = text,
            Plain = plain,
            Escapes = CollectionsMarshal.AsSpan(inner.Escapes),
            Triggers = new UnitTriggers(inner.Candidates.Items, 0, encoded.Encoded),
        };
        ScanStatus status = scanner.Confirm(plain, 0, plain.Length, inner.Candidates, inner.Findings);
        verdict = ReadEscaped(status, unit, nameRule);
        return true;
    }

    /// <summary>Reads a unit whose first view, without escapes, has been searched: what was found are the findings of level 1.</summary>
    /// <param name="viewStatus">How searching the view ended.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="nameRule">The rule that names the whole unit as secret, or -1.</param>
    private Verdict ReadEscaped(ScanStatus viewStatus, in PayloadUnit unit, int nameRule)
    {
        ReadOnlySpan<byte> view = unit.Plain;

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
        inner.Known.Clear();
        Tell(inner, view.Length, map, level);
        KeepNew(inner, map, level.Ranges);
        HandOver(inner, view, map, level.Ranges);
        verdict = Verdicts.Max(verdict, JudgeText(view, viewStatus, -1, inner));
        verdict = Verdicts.Max(verdict, ReadViews(view, 1, unit.Triggers, !isJson));
        inner.TakeCarried();
        bool named = inner.IsNamed || MemberNames.MayBeIn(view, unit.Triggers, scanner);
        verdict = Verdicts.Max(verdict, ReadMembers(view, inner, !isJson && named, isWhole: !isJson));
        Carry(inner, map, ViewEncoding.Escapes, unit.Text, level);
        level.TakeCarried();
        if (HasPercent(unit.Triggers))
        {
            ViewTriggers.Find(unit.Text, level.Triggers);
            verdict = Verdicts.Max(verdict, ReadSpelledEscapes(unit.Text, 0, new UnitTriggers([], 0, CollectionsMarshal.AsSpan(level.Triggers))));
            level.TakeCarried();
        }

        verdict = Verdicts.Max(verdict, ReadMembers(unit.Text, level, named, isWhole: true));
        return Ended(verdict, level);
    }

    private static bool HasPercent(in UnitTriggers triggers)
    {
        foreach (ViewTrigger trigger in triggers.Encoded)
        {
            if (trigger.Kind == TriggerKind.Percent)
            {
                return true;
            }
        }

        return false;
    }
}
