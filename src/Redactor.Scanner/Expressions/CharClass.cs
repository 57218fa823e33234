using System.Globalization;

namespace Redactor.Scanning.Expressions;

/// <summary>A set of Unicode code points, as sorted ranges, on its way to bytes.</summary>
internal sealed class CharClass
{
    internal const int MaxRune = 0x10FFFF;

    /// <summary>What decoders put in the place of a flaw in UTF-8; a class that holds it holds flaws.</summary>
    private const int Replacement = 0xFFFD;
    private readonly List<(int First, int Last)> ranges = [];

    internal IReadOnlyList<(int First, int Last)> Ranges => ranges;

    internal static CharClass Of(params (int First, int Last)[] parts)
    {
        var set = new CharClass();
        foreach (var (first, last) in parts)
        {
            set.Add(first, last);
        }

        return set;
    }

    internal void Add(int first, int last)
    {
        int i = ranges.FindIndex(r => r.Last >= first - 1);
        if (i < 0)
        {
            ranges.Add((first, last));
            return;
        }

        while (i < ranges.Count && ranges[i].First <= last + 1)
        {
            first = Math.Min(first, ranges[i].First);
            last = Math.Max(last, ranges[i].Last);
            ranges.RemoveAt(i);
        }

        ranges.Insert(i, (first, last));
    }

    internal void Add(CharClass other)
    {
        foreach (var (first, last) in other.ranges)
        {
            Add(first, last);
        }
    }

    internal CharClass Complement()
    {
        var set = new CharClass();
        int next = 0;
        foreach (var (first, last) in ranges)
        {
            if (first > next)
            {
                set.ranges.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= MaxRune)
        {
            set.ranges.Add((next, MaxRune));
        }

        return set;
    }

    /// <summary>Adds the other case of every ASCII letter: <c>(?i)</c> folds ASCII only, so that no Kelvin sign is a k.</summary>
    internal CharClass FoldAscii()
    {
        var set = new CharClass();
        set.Add(this);
        foreach (var (first, last) in ranges)
        {
            AddShifted(set, Math.Max(first, 'a'), Math.Min(last, 'z'), -32);
            AddShifted(set, Math.Max(first, 'A'), Math.Min(last, 'Z'), 32);
        }

        return set;

        static void AddShifted(CharClass set, int first, int last, int by)
        {
            if (first <= last)
            {
                set.Add(first + by, last + by);
            }
        }
    }

    /// <summary>The class as a tree over bytes.</summary>
    internal Node ToNode()
    {
        ByteSet ascii = default;
        var branches = new List<Node>();
        foreach (var (first, last) in ranges)
        {
            if (first < 0x80)
            {
                ascii |= ByteSet.Range((byte)first, (byte)Math.Min(last, 0x7F));
            }

            if (first <= 0x80 && last == MaxRune)
            {
                branches.Add(Node.NonAscii.Any);
            }
            else if (last >= 0x80)
            {
                branches.AddRange(Utf8Ranges.Spell(Math.Max(first, 0x80), last));
                if (first <= Replacement && last >= Replacement)
                {
                    branches.Add(Node.NonAscii.Flaw);
                }
            }
        }

        if (!ascii.IsEmpty || branches.Count == 0)
        {
            branches.Insert(0, new Node.Bytes(ascii));
        }

        return branches.Count == 1 ? branches[0] : new Node.Alternate(branches);
    }

    /// <summary>A class by its Perl letter (<c>d w s</c>), ASCII only; null for another letter.</summary>
    internal static CharClass? Perl(char letter) => letter switch
    {
        'd' => Of(('0', '9')),
        'w' => Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')),
        's' => Of(('\t', '\n'), ('\f', '\r'), (' ', ' ')),
        _ => null,
    };

    /// <summary>A class by its POSIX name (<c>alpha</c> in <c>[[:alpha:]]</c>), ASCII only; null for another name.</summary>
    internal static CharClass? Posix(string name) => name switch
    {
        "alnum" => Of(('0', '9'), ('A', 'Z'), ('a', 'z')),
        "alpha" => Of(('A', 'Z'), ('a', 'z')),
        "ascii" => Of((0, 0x7F)),
        "blank" => Of(('\t', '\t'), (' ', ' ')),
        "cntrl" => Of((0, 0x1F), (0x7F, 0x7F)),
        "digit" => Of(('0', '9')),
        "graph" => Of(('!', '~')),
        "lower" => Of(('a', 'z')),
        "print" => Of((' ', '~')),
        "punct" => Of(('!', '/'), (':', '@'), ('[', '`'), ('{', '~')),
        "space" => Of(('\t', '\r'), (' ', ' ')),
        "upper" => Of(('A', 'Z')),
        "word" => Perl('w'),
        "xdigit" => Of(('0', '9'), ('A', 'F'), ('a', 'f')),
        _ => null,
    };

    /// <summary>A class by the name of a Unicode general category (<c>L</c>, <c>Lu</c>, <c>Nd</c>, <c>Any</c>), from the runtime's tables; null for another name.</summary>
    internal static CharClass? Unicode(string name)
    {
        if (name == "Any")
        {
            return Of((0, MaxRune));
        }

        var wanted = new HashSet<UnicodeCategory>();
        foreach (var (category, code) in CategoryCodes)
        {
            if (code == name || (name.Length == 1 && code[0] == name[0]))
            {
                wanted.Add(category);
            }
        }

        if (wanted.Count == 0)
        {
            return null;
        }

        var set = new CharClass();
        int first = -1;
        for (int rune = 0; rune <= MaxRune + 1; rune++)
        {
            bool inside = rune <= MaxRune && wanted.Contains(CharUnicodeInfo.GetUnicodeCategory(rune));
            if (inside && first < 0)
            {
                first = rune;
            }
            else if (!inside && first >= 0)
            {
                set.ranges.Add((first, rune - 1));
                first = -1;
            }
        }

        return set;
    }

    private static readonly (UnicodeCategory Category, string Code)[] CategoryCodes =
    [
        (UnicodeCategory.UppercaseLetter, "Lu"), (UnicodeCategory.LowercaseLetter, "Ll"), (UnicodeCategory.TitlecaseLetter, "Lt"),
        (UnicodeCategory.ModifierLetter, "Lm"), (UnicodeCategory.OtherLetter, "Lo"), (UnicodeCategory.NonSpacingMark, "Mn"),
        (UnicodeCategory.SpacingCombiningMark, "Mc"), (UnicodeCategory.EnclosingMark, "Me"), (UnicodeCategory.DecimalDigitNumber, "Nd"),
        (UnicodeCategory.LetterNumber, "Nl"), (UnicodeCategory.OtherNumber, "No"), (UnicodeCategory.SpaceSeparator, "Zs"),
        (UnicodeCategory.LineSeparator, "Zl"), (UnicodeCategory.ParagraphSeparator, "Zp"), (UnicodeCategory.Control, "Cc"),
        (UnicodeCategory.Format, "Cf"), (UnicodeCategory.Surrogate, "Cs"), (UnicodeCategory.PrivateUse, "Co"),
        (UnicodeCategory.ConnectorPunctuation, "Pc"), (UnicodeCategory.DashPunctuation, "Pd"), (UnicodeCategory.OpenPunctuation, "Ps"),
        (UnicodeCategory.ClosePunctuation, "Pe"), (UnicodeCategory.InitialQuotePunctuation, "Pi"), (UnicodeCategory.FinalQuotePunctuation, "Pf"),
        (UnicodeCategory.OtherPunctuation, "Po"), (UnicodeCategory.MathSymbol, "Sm"), (UnicodeCategory.CurrencySymbol, "Sc"),
        (UnicodeCategory.ModifierSymbol, "Sk"), (UnicodeCategory.OtherSymbol, "So"),
    ];
}
