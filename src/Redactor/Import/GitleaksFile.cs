using System.Globalization;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Import;

/// <summary>What came of converting a file.</summary>
/// <param name="Rules">The rules, each such that the scanner takes it.</param>
/// <param name="LeftOut">How many rules could not be converted.</param>
/// <param name="Notes">What could not be converted and why, in the order of the file.</param>
internal sealed record Conversion(IReadOnlyList<Rule> Rules, int LeftOut, IReadOnlyList<RuleMistake> Notes);

/// <summary>
/// A gitleaks configuration (https://github.com/gitleaks/gitleaks#configuration) -> rules. What ours have no word for is left out and said:
/// paths, allow lists, rules that need others.
/// </summary>
internal sealed class GitleaksFile
{
    private static readonly string[] KnownFields =
        ["id", "description", "regex", "secretGroup", "entropy", "keywords", "tags", "path", "allowlist", "allowlists", "required", "skipReport"];

    private readonly string name;
    private readonly List<Rule> rules = [];
    private readonly List<RuleMistake> notes = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    private GitleaksFile(string name) => this.name = name;

    /// <summary>Converts the text of a file.</summary>
    /// <param name="name">The file as the user names it.</param>
    /// <param name="text">TOML.</param>
    /// <exception cref="TomlException">It is no TOML, or not of the form that gitleaks has.</exception>
    public static Conversion Convert(string name, string text)
    {
        var root = Toml.Parse(text);
        var file = new GitleaksFile(name);
        file.NoteAllowlists(root, null);
        if (root.TryGetValue("extend", out object? extend))
        {
            file.Note((extend as TomlTable ?? root).Line, null, "\"extend\" is left out: rules of other files must be converted on their own");
        }

        var tables = root.GetValueOrDefault("rules") as List<object> ?? throw new TomlException(root.Line, "no [[rules]]: this is no gitleaks configuration");
        foreach (object element in tables)
        {
            file.Convert(element as TomlTable ?? throw new TomlException(root.Line, "\"rules\" must be [[rules]] tables"));
        }

        return new Conversion(file.rules, tables.Count - file.rules.Count, [.. file.notes.OrderBy(note => note.Line)]);
    }

    private void Convert(TomlTable table)
    {
        string? given = Text(table, "id");
        string? id = given is null ? null : RuleId(given);
        if (string.IsNullOrEmpty(id) || !ids.Add(id))
        {
            Note(table.Line, given, string.IsNullOrEmpty(id) ? "left out: it has no usable id" : $"left out: the id {id} is taken by a rule before it");
            return;
        }

        if (id != given)
        {
            Note(table.Line, id, "the id is written in lower-case letters, digits and single hyphens");
        }

        if (Text(table, "regex") is not { } regex)
        {
            Note(table.Line, id, Text(table, "path") is null ? "left out: it has no regex" : "left out: it looks at paths only");
            return;
        }

        foreach (string field in table.Keys.Except(KnownFields))
        {
            Note(table.Line, id, $"\"{field}\" is left out");
        }

        if (Pattern(table, id, regex) is not { } pattern || Scannable(table, id, pattern) is not { } scan)
        {
            return;
        }

        NoteLosses(table, id);
        rules.Add(new Rule { Scan = scan, Title = Text(table, "description")?.ReplaceLineEndings(" ") ?? "", Tags = Texts(table, "tags"), File = name, Line = table.Line, Column = 1 });
    }

    /// <summary>The pattern with the group that holds the secret as its first; gitleaks too takes the first group where none is named.</summary>
    private string? Pattern(TomlTable table, string id, string regex)
    {
        int group = (int)Math.Clamp(Number(table, "secretGroup") ?? 0, 0, int.MaxValue);
        if (group < 2)
        {
            return regex;
        }

        string? pattern = PatternGroups.MakeFirst(regex, group);
        if (pattern is null)
        {
            Note(table.Line, id, $"left out: \"secretGroup\" is {group}, and the regex has fewer groups");
        }

        return pattern;
    }

    /// <summary>The rule as the scanner takes it. Keywords, which gitleaks looks for anywhere in the text and ours within a match, are used only where the pattern needs them.</summary>
    private ScanRule? Scannable(TomlTable table, string id, string pattern)
    {
        double entropy = Number(table, "entropy") ?? 0;
        if (entropy is not (>= 0 and <= RuleLimits.MaxEntropy))
        {
            Note(table.Line, id, $"\"entropy\" is left out: it must be 0 to {RuleLimits.MaxEntropy}");
            entropy = 0;
        }

        var scan = new ScanRule { Id = id, Pattern = pattern, Entropy = entropy };
        if (Scanner.Validate(scan) is not { } refused)
        {
            return scan;
        }

        var keyed = scan with { Keywords = Texts(table, "keywords") };
        if (keyed.Keywords.Count > 0 && Scanner.Validate(keyed) is null)
        {
            Note(table.Line, id, "a match must hold one of the keywords; in gitleaks they may stand anywhere in the text");
            return keyed;
        }

        string place = refused.Position > 0 ? $" (character {refused.Position + 1} of the regex)" : "";
        Note(table.Line, id, $"left out: {refused.Message}{place}");
        return null;
    }

    private void NoteLosses(TomlTable table, string id)
    {
        if (table.ContainsKey("path"))
        {
            Note(table.Line, id, "\"path\" is left out: the rule looks at all text");
        }

        if (table.ContainsKey("required"))
        {
            Note(table.Line, id, "\"required\" is left out: the rule finds its match without the others that gitleaks asks for; see \"near\"");
        }

        NoteAllowlists(table, id);
    }

    private void NoteAllowlists(TomlTable table, string? id)
    {
        object?[] found = [table.GetValueOrDefault("allowlist"), .. table.GetValueOrDefault("allowlists") as List<object> ?? []];
        foreach (var list in found.OfType<TomlTable>())
        {
            string[] held = [.. new[] { "regexes", "stopwords", "paths", "commits" }
                .Where(list.ContainsKey)
                .Select(field => string.Create(CultureInfo.InvariantCulture, $"{field} ({Texts(list, field).Count})"))];
            Note(list.Line, id, $"an allow list is left out, with {string.Join(", ", held)}: rules here have none; values that must stay go into rules.allow of the configuration");
        }
    }

    private void Note(int line, string? id, string message) => notes.Add(new RuleMistake(name, line, 1, id, message));

    private static string? Text(TomlTable table, string field) => table.GetValueOrDefault(field) as string is { Length: > 0 } text ? text : null;

    private static double? Number(TomlTable table, string field) => table.GetValueOrDefault(field) switch
    {
        long whole => whole,
        double number => number,
        _ => null,
    };

    private static List<string> Texts(TomlTable table, string field) =>
        [.. (table.GetValueOrDefault(field) as List<object> ?? []).OfType<string>().Where(text => text.Length > 0)];

    private static string RuleId(string id)
    {
        string words = string.Concat(id.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        string joined = string.Join('-', words.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return joined[..Math.Min(joined.Length, RuleLimits.MaxIdLength)].TrimEnd('-');
    }
}
