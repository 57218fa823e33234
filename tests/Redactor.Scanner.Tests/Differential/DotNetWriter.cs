using System.Globalization;

namespace Redactor.Scanning.Tests.Differential;

/// <summary>
/// Writes a <see cref="Piece"/> for .NET's Regex so that it means what the scanner means. The translation: flags are resolved here, so that folding is
/// ASCII; classes are spelled out in UTF-16; <c>\b</c>, <c>^</c> and <c>$</c> become look-arounds, for .NET's <c>\b</c> knows all of Unicode and its
/// <c>$</c> also matches before a last line feed. The body of each repeat ends in a condition that always holds: .NET 10 merges a repeat with what is right inside
/// it, and <c>(?:b{4,12})+</c>, and <c>(?:b(?:b){4,12})+</c>, take one b more there than anywhere else. One difference is left out by <see cref="CanWrite"/>: a repeat whose
/// body can be empty ends its turns by other rules in .NET than in RE2.
/// </summary>
internal static class DotNetWriter
{
    private const string Word = "[0-9A-Za-z_]";
    private const string AnyRune = "(?:[^\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])";

    /// <summary>Holds everywhere, which no optimiser sees.</summary>
    private const string Always = "(?!\\b\\B)";

    internal static bool CanWrite(Piece piece) => !piece.All.Any(p => p is Piece.Repeat r && r.Item.CanBeEmpty);

    internal static string Write(Piece piece) => Write(piece, default);

    private static string Write(Piece piece, Flags flags) => piece switch
    {
        Piece.Literal l => Set(new Piece.Set("", false, (l.Rune, l.Rune)), flags),
        Piece.Set s => Set(s, flags),
        Piece.Any => flags.DotAll ? AnyRune : $"(?:(?!\\n){AnyRune})",
        Piece.Condition c => Condition(c.Source, flags),
        Piece.Sequence s => string.Concat(s.Items.Select(i => $"(?:{Write(i, flags)})")),
        Piece.Choice c => string.Join('|', c.Items.Select(i => Write(i, flags))),
        Piece.Repeat r => $"(?:(?:{Write(r.Item, flags)}){Always}){Re2Writer.Count(r with { Lazy = r.Lazy != flags.Ungreedy })}",
        Piece.Capture c => $"({Write(c.Item, flags)})",
        Piece.Flagged f => $"(?:{Write(f.Item, flags.With(f.Flag, f.On))})",
        _ => throw new ArgumentException(piece.ToString(), nameof(piece)),
    };

    private static string Condition(string source, Flags flags) => source switch
    {
        "\\b" => $"(?:(?<={Word})(?!{Word})|(?<!{Word})(?={Word}))",
        "\\B" => $"(?:(?<={Word})(?={Word})|(?<!{Word})(?!{Word}))",
        "(?m:^)" => "(?<![^\\n])",
        "(?m:$)" => "(?![^\\n])",
        "^" when flags.Multiline => "(?<![^\\n])",
        "$" when flags.Multiline => "(?![^\\n])",
        "^" or "\\A" => "(?<![\\s\\S])",
        _ => "(?![\\s\\S])",
    };

    private static string Set(Piece.Set set, Flags flags)
    {
        IEnumerable<(int First, int Last)> ranges = set.Ranges;
        if (flags.IgnoreCase)
        {
            ranges = [.. ranges, .. ranges.Select(r => (Math.Max(r.First, 'a') - 32, Math.Min(r.Last, 'z') - 32)), .. ranges.Select(r => (Math.Max(r.First, 'A') + 32, Math.Min(r.Last, 'Z') + 32))];
        }

        // In ascending order: .NET 10 merges [\u0000-\u001F]|[\uE000-\uFFFF]|[\u0080-\uD7FF] into a class without U+00A9.
        string units = string.Concat(ranges.SelectMany(r => Units(r.First, Math.Min(r.Last, 0xD7FF)).Concat(Units(Math.Max(r.First, 0xE000), Math.Min(r.Last, 0xFFFF)))).Order(StringComparer.Ordinal));
        IEnumerable<string> pairs = ranges.SelectMany(r => Pairs(Math.Max(r.First, 0x10000), r.Last));
        string any = $"(?:{string.Join('|', pairs.Prepend(units.Length > 0 ? $"[{units}]" : "(?!)"))})";
        return set.Negated ? $"(?:(?!{any}){AnyRune})" : any;
    }

    /// <summary>Code points beyond the first 65,536 as surrogate pairs.</summary>
    private static IEnumerable<string> Pairs(int first, int last)
    {
        if (first > last)
        {
            return [];
        }

        var (a, b) = (char.ConvertFromUtf32(first), char.ConvertFromUtf32(last));
        return a[0] == b[0]
            ? [Pair(a[0], a[0], a[1], b[1])]
            : [Pair(a[0], a[0], a[1], 0xDFFF), Pair(a[0] + 1, b[0] - 1, 0xDC00, 0xDFFF), Pair(b[0], b[0], 0xDC00, b[1])];
    }

    private static string Pair(int firstHigh, int lastHigh, int firstLow, int lastLow) =>
        firstHigh > lastHigh ? "(?!)" : $"[{string.Concat(Units(firstHigh, lastHigh))}][{string.Concat(Units(firstLow, lastLow))}]";

    private static IEnumerable<string> Units(int first, int last) =>
        first > last ? [] : [string.Create(CultureInfo.InvariantCulture, $"\\u{first:X4}-\\u{last:X4}")];

    private readonly record struct Flags(bool IgnoreCase, bool DotAll, bool Multiline, bool Ungreedy)
    {
        internal Flags With(char flag, bool on) => flag switch
        {
            'i' => this with { IgnoreCase = on },
            's' => this with { DotAll = on },
            'm' => this with { Multiline = on },
            _ => this with { Ungreedy = on },
        };
    }
}
