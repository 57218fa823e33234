namespace Redactor.Import;

/// <summary>A table of a TOML file: values are string, long, double, bool, <see cref="List{T}"/> of object, or <see cref="TomlTable"/>.</summary>
/// <param name="line">The line on which it begins, from 1.</param>
internal sealed class TomlTable(int line) : Dictionary<string, object>(StringComparer.Ordinal)
{
    public int Line => line;
}

/// <summary>A file that is no TOML. The message holds no text of the file but keys.</summary>
internal sealed class TomlException(int line, string message) : FormatException(message)
{
    /// <summary>From 1.</summary>
    public int Line => line;
}

/// <summary>
/// Reads TOML 1.0 (https://toml.io/en/v1.0.0). No library for it is in the package registry that this project is built from. Dates are
/// kept as text; everything else is what the specification says.
/// </summary>
internal static class Toml
{
    /// <summary>Reads a whole file.</summary>
    /// <exception cref="TomlException">It is no TOML.</exception>
    public static TomlTable Parse(string text)
    {
        var cursor = new TomlCursor(text);
        var root = new TomlTable(1);
        var table = root;
        var headers = new HashSet<TomlTable>();
        for (cursor.SkipBlank(); !cursor.AtEnd; cursor.SkipBlank())
        {
            if (cursor.TryTake("[["))
            {
                table = AddElement(root, cursor);
                cursor.Take("]]");
            }
            else if (cursor.TryTake("["))
            {
                int line = cursor.Line;
                table = Descend(root, TomlValues.ReadKey(cursor), cursor);
                cursor.Take("]");
                if (!headers.Add(table))
                {
                    throw new TomlException(line, "this table is already there");
                }
            }
            else
            {
                TomlValues.ReadPair(cursor, table);
            }

            cursor.EndLine();
        }

        return root;
    }

    /// <summary>The table under <paramref name="keys"/>, made where it is missing; of an array of tables, its last element.</summary>
    internal static TomlTable Descend(TomlTable from, IEnumerable<string> keys, TomlCursor cursor)
    {
        foreach (string key in keys)
        {
            if (!from.TryGetValue(key, out object? inner))
            {
                from.Add(key, inner = new TomlTable(cursor.Line));
            }

            from = inner switch
            {
                TomlTable table => table,
                List<object> and [.., TomlTable last] => last,
                _ => throw new TomlException(cursor.Line, $"'{key}' is a value, not a table"),
            };
        }

        return from;
    }

    private static TomlTable AddElement(TomlTable root, TomlCursor cursor)
    {
        var keys = TomlValues.ReadKey(cursor);
        var parent = Descend(root, keys.SkipLast(1), cursor);
        if (!parent.TryGetValue(keys[^1], out object? array))
        {
            parent.Add(keys[^1], array = new List<object>());
        }

        var element = new TomlTable(cursor.Line);
        (array as List<object> ?? throw new TomlException(cursor.Line, $"'{keys[^1]}' is no array of tables")).Add(element);
        return element;
    }
}
