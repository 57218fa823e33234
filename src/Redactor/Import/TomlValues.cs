using System.Globalization;
using System.Text;

namespace Redactor.Import;

/// <summary>Keys and values of TOML.</summary>
internal static class TomlValues
{
    /// <summary>Greatest nesting of arrays and inline tables: each level is one of the reader's own, and a file of rules needs two.</summary>
    private const int MaxNesting = 32;

    /// <summary>Reads <c>key = value</c> into <paramref name="table"/>.</summary>
    public static void ReadPair(TomlCursor cursor, TomlTable table, int depth = 0)
    {
        var keys = ReadKey(cursor);
        cursor.Take("=");
        var inner = Toml.Descend(table, keys.SkipLast(1), cursor);
        if (!inner.TryAdd(keys[^1], ReadValue(cursor, depth)))
        {
            throw cursor.Wrong($"'{keys[^1]}' is there twice");
        }
    }

    /// <summary>Reads a key; one with dots gives several.</summary>
    public static List<string> ReadKey(TomlCursor cursor)
    {
        var keys = new List<string>();
        do
        {
            cursor.SkipSpace();
            string key = cursor.Current is '"' or '\'' ? ReadString(cursor) : cursor.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
            if (key.Length == 0)
            {
                throw cursor.Wrong("a key is missing");
            }

            keys.Add(key);
            cursor.SkipSpace();
        }
        while (cursor.TryTake("."));
        return keys;
    }

    private static object ReadValue(TomlCursor cursor, int depth)
    {
        cursor.SkipSpace();
        if (depth > MaxNesting)
        {
            throw cursor.Wrong($"values are nested deeper than {MaxNesting}");
        }

        return cursor.Current switch
        {
            '"' or '\'' => ReadString(cursor),
            '[' => ReadArray(cursor, depth),
            '{' => ReadInlineTable(cursor, depth),
            _ => ReadBare(cursor),
        };
    }

    private static List<object> ReadArray(TomlCursor cursor, int depth)
    {
        var elements = new List<object>();
        cursor.Take("[");
        for (cursor.SkipBlank(); !cursor.TryTake("]"); cursor.SkipBlank())
        {
            elements.Add(ReadValue(cursor, depth + 1));
            cursor.SkipBlank();
            if (!cursor.TryTake(",") && cursor.Current != ']')
            {
                throw cursor.Wrong("',' or ']' is missing");
            }
        }

        return elements;
    }

    private static TomlTable ReadInlineTable(TomlCursor cursor, int depth)
    {
        var table = new TomlTable(cursor.Line);
        cursor.Take("{");
        cursor.SkipSpace();
        while (!cursor.TryTake("}"))
        {
            ReadPair(cursor, table, depth + 1);
            cursor.SkipSpace();
            if (!cursor.TryTake(",") && cursor.Current != '}')
            {
                throw cursor.Wrong("',' or '}' is missing");
            }
        }

        return table;
    }

    private static object ReadBare(TomlCursor cursor)
    {
        string word = cursor.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.' or '_' or ':');
        string digits = word.Replace("_", "", StringComparison.Ordinal);
        return word switch
        {
            "true" => true,
            "false" => false,
            _ when long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
            ['0', 'x', ..] when long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hex) => hex,
            ['0', 'b', ..] when long.TryParse(digits.AsSpan(2), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out long binary) => binary,
            _ when digits.TrimStart('+', '-') is "inf" or "nan" => digits switch { "-inf" => double.NegativeInfinity, "inf" or "+inf" => double.PositiveInfinity, _ => double.NaN },
            _ when double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            [>= '0' and <= '9', ..] when word.Contains(':') || word.Count(c => c == '-') == 2 => word,
            _ => throw cursor.Wrong("this is no value: a text needs quotes"),
        };
    }

    private static string ReadString(TomlCursor cursor)
    {
        string quotes = cursor.TryTake("\"\"\"") ? "\"\"\"" : cursor.TryTake("'''") ? "'''" : cursor.Next().ToString();
        bool manyLines = quotes.Length == 3;
        if (manyLines && !cursor.TryTake("\r\n"))
        {
            cursor.TryTake("\n");
        }

        var text = new StringBuilder();
        while (!cursor.TryTake(quotes))
        {
            char c = cursor.Next();
            if (c == '\n' && !manyLines)
            {
                throw new TomlException(cursor.Line - 1, "a text must end on the line on which it begins, or have three quotes");
            }

            if (c == '\\' && quotes[0] == '"')
            {
                AppendEscape(cursor, text, manyLines);
            }
            else
            {
                text.Append(c);
            }
        }

        // One or two more quotes belong to the text: """a"""" is a".
        for (int i = 0; manyLines && i < 2 && cursor.Current == quotes[0]; i++)
        {
            text.Append(cursor.Next());
        }

        return text.ToString();
    }

    private static void AppendEscape(TomlCursor cursor, StringBuilder text, bool manyLines)
    {
        char c = cursor.Next();
        switch (c)
        {
            case 'b' or 't' or 'n' or 'f' or 'r' or '"' or '\\':
                text.Append(c switch { 'b' => '\b', 't' => '\t', 'n' => '\n', 'f' => '\f', 'r' => '\r', _ => c });
                break;
            case 'u' or 'U':
                string hex = string.Concat(Enumerable.Range(0, c == 'u' ? 4 : 8).Select(_ => cursor.Next()));
                if (!int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) || !Rune.IsValid(value))
                {
                    throw cursor.Wrong($"\\{c} needs the number of a character");
                }

                text.Append(new Rune(value));
                break;
            case ' ' or '\t' or '\r' or '\n' when manyLines:
                // A backslash at the end of a line joins it with what follows.
                cursor.TakeWhile(char.IsWhiteSpace);
                break;
            default:
                throw cursor.Wrong("unknown escape; use '''...''' for a text with backslashes");
        }
    }
}
