using System.Globalization;
using System.Text;
using Redactor.Files;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;
using Redactor.Scanning.Judging;

namespace Redactor.Cli;

/// <summary>What <c>explain</c> writes: a paragraph a rule that looked, then the text as it leaves. No byte that a rule matched is shown.</summary>
internal static class ExplainText
{
    /// <summary>Explains <paramref name="text"/>, of which a line feed at the end, as a shell adds one, is no part.</summary>
    public static string Write(byte[] text, RuleSet rules)
    {
        byte[] unit = text is [.., (byte)'\n'] ? text[..^1] : text;
        var written = new StringBuilder();
        int looked = WriteRules(written, unit, rules);

        if (NameRule(unit, rules) is { } named)
        {
            written.Append(CultureInfo.InvariantCulture, $"{Header(named)}\n  the name in front of the text is one of its keys: as the value of an attribute, JSON member or header of that name it is masked whole\n");
        }

        written.Append(CultureInfo.InvariantCulture, $"{looked} of {rules.Rules.Count} rules saw something to look at\n");
        TextRedactor.Observe(unit, rules, (encoding, depth, view) => WriteView(written, encoding, depth, view, rules));
        var masked = TextRedactor.Redact(unit, rules);
        return written.Append("text: ").Append(masked.Bytes.IsEmpty && unit.Length > 0 ? "(dropped)" : Encoding.UTF8.GetString(masked.Bytes.Span)).Append('\n').ToString();
    }

    /// <summary>Writes what each rule decided, and returns how many looked.</summary>
    private static int WriteRules(StringBuilder written, ReadOnlySpan<byte> unit, RuleSet rules)
    {
        var explanations = rules.Scanner.Explain(unit);
        var accepted = explanations.SelectMany(e => e.Matches).Where(m => m.Judgement == Judgement.Accepted).Select(m => m.Value).ToList();
        foreach (var explanation in explanations)
        {
            Write(written, explanation, unit, rules, accepted);
        }

        return explanations.Count;
    }

    /// <summary>Writes what each rule decided about a view of the text; offsets are those in the view.</summary>
    private static void WriteView(StringBuilder written, string encoding, int depth, ReadOnlySpan<byte> view, RuleSet rules)
    {
        written.Append(CultureInfo.InvariantCulture, $"\nview {depth}, {encoding}, {view.Length} bytes:\n");
        int looked = WriteRules(written, view, rules);
        written.Append(CultureInfo.InvariantCulture, $"{looked} of {rules.Rules.Count} rules saw something to look at\n");
    }

    private static void Write(StringBuilder written, RuleExplanation explanation, ReadOnlySpan<byte> unit, RuleSet rules, List<Finding> accepted)
    {
        var rule = rules.Rules[explanation.Rule];
        written.Append(Header(rule)).Append('\n');
        foreach (var match in explanation.Matches)
        {
            var position = TextPositions.Of(unit, match.Value.Start);
            written.Append(CultureInfo.InvariantCulture, $"  {position.Line}:{position.Column}, {match.Value.Length} bytes: {Decision(match, unit, rule, rules, accepted)}\n");
        }

        if (explanation.Matches.Count == 0)
        {
            written.Append(CultureInfo.InvariantCulture, $"  no match ({explanation.Candidates} {(explanation.Candidates == 1 ? "place" : "places")} looked at)\n");
        }

        if (!explanation.IsComplete)
        {
            written.Append("  and so on\n");
        }
    }

    private static string Header(Rule rule) => $"{rule.Id} ({rule.File}:{rule.Line}){(rule.Title.Length > 0 ? " " + rule.Title : "")}";

    private static string Decision(MatchExplanation match, ReadOnlySpan<byte> unit, Rule rule, RuleSet rules, List<Finding> accepted) => match.Judgement switch
    {
        Judgement.LowEntropy => string.Create(CultureInfo.InvariantCulture, $"left: entropy {match.Entropy:0.00} < {rule.Scan.Entropy:0.00}"),
        Judgement.CheckFailed => $"left: check {rule.Scan.Check} failed",
        Judgement.NoKeyword => $"left: holds none of the keywords {string.Join(", ", rule.Scan.Keywords)}",
        Judgement.LeansOnMask => "left: part of the match belongs to a mask",
        Judgement.InsideMask => "left: inside a mask",
        Judgement.NoContext => $"left: none of the words {string.Join(", ", rule.Scan.Near!.Words)} within {rule.Scan.Near.Within} bytes",
        Judgement.Excepted => $"left: the name before it has one of {string.Join(", ", rule.Scan.Except)}",
        _ when rules.Allow?.Allows(unit[match.Value.Start..match.Value.End]) == true => "left: rules.allow of the configuration has it",
        _ when rule.IsShadow => "accepted, and only counted: the rule has status shadow",
        _ => Label(match.Value, rules, accepted) is { } other ? $"accepted; {other.Id} stands before it and gives the label" : "accepted",
    };

    /// <summary>The rule that labels a finding in place of its own; null if its own does.</summary>
    private static Rule? Label(Finding finding, RuleSet rules, List<Finding> accepted)
    {
        int first = accepted
            .Where(other => other.Start < finding.End && finding.Start < other.End && !rules.Rules[other.Rule].IsShadow)
            .Min(other => other.Rule);
        return first < finding.Rule ? rules.Rules[first] : null;
    }

    /// <summary>The rule whose keys name what stands before the first <c>:</c> or <c>=</c>.</summary>
    private static Rule? NameRule(ReadOnlySpan<byte> unit, RuleSet rules)
    {
        int end = unit.IndexOfAny((byte)':', (byte)'=');
        int named = end < 0 ? -1 : rules.Scanner.MatchName(unit[..end].Trim(" \t\"'{"u8));
        return named < 0 ? null : rules.Rules[named];
    }
}
