using System.IO.Enumeration;
using System.Text;

namespace Redactor.Known.Sources;

/// <summary><c>NAME=value</c>, as <c>.env</c> files and the kernel write it.</summary>
internal static class EnvText
{
    /// <summary>
    /// Reads the lines of a <c>.env</c> file: <c>export</c> may stand before the name, quotes around the value, which then may have several lines. In double quotes
    /// a backslash takes the meaning of the sign behind it. Empty lines, comments and what is no such line are left out.
    /// </summary>
    public static void ReadLines(ReadOnlyMemory<byte> text, IReadOnlyList<string> keys, SecretList secrets)
    {
        for (int next = 0; next < text.Length;)
        {
            int line = next, end = EndOfLine(text.Span, line);
            next = end + 1;
            int equals = text.Span[line..end].IndexOf((byte)'=');
            var name = equals < 0 ? default : text.Span.Slice(line, equals).Trim(" \t"u8);
            name = name.StartsWith("export "u8) ? name["export "u8.Length..].TrimStart(" \t"u8) : name;
            if (name.IsEmpty || name[0] == '#')
            {
                continue;
            }

            int from = line + equals + 1;
            from += Math.Max(0, text.Span[from..end].IndexOfAnyExcept(" \t"u8));
            var value = from < end && text.Span[from] is (byte)'"' or (byte)'\''
                ? ReadQuoted(text, from, end, ref next, secrets.Memory)
                : Plain(text[from..end]);
            Add(name, value, keys, secrets);
        }
    }

    /// <summary>Reads the environment of a process: each variable ends with a zero byte.</summary>
    public static void ReadBlock(ReadOnlyMemory<byte> block, IReadOnlyList<string> keys, SecretList secrets)
    {
        foreach (Range range in block.Span.Split((byte)0))
        {
            var variable = block[range];
            int equals = variable.Span.IndexOf((byte)'=');
            if (equals > 0)
            {
                Add(variable.Span[..equals], variable[(equals + 1)..], keys, secrets);
            }
        }
    }

    private static void Add(ReadOnlySpan<byte> key, ReadOnlyMemory<byte> value, IReadOnlyList<string> keys, SecretList secrets)
    {
        string name = Encoding.UTF8.GetString(key);
        if (keys.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)))
        {
            secrets.Add(name, value);
        }
    }

    private static int EndOfLine(ReadOnlySpan<byte> text, int from) => text[from..].IndexOf((byte)'\n') is >= 0 and var length ? from + length : text.Length;

    /// <summary>Up to a comment, which a blank and a <c>#</c> begin.</summary>
    private static ReadOnlyMemory<byte> Plain(ReadOnlyMemory<byte> value)
    {
        int comment = value.Span.IndexOf(" #"u8);
        value = comment < 0 ? value : value[..comment];
        return value[..(value.Span.LastIndexOfAnyExcept(" \t\r"u8) + 1)];
    }

    private static ReadOnlyMemory<byte> ReadQuoted(ReadOnlyMemory<byte> text, int from, int end, ref int next, SecretMemory memory)
    {
        ReadOnlySpan<byte> span = text.Span;
        byte quote = span[from];
        int close = from + 1;
        bool escaped = false;
        for (; close < span.Length && span[close] != quote; close++)
        {
            if (quote == '"' && span[close] == '\\')
            {
                escaped = true;
                close++;
            }
        }

        if (close >= span.Length)
        {
            return Plain(text[from..end]);
        }

        next = EndOfLine(span, close) + 1;
        var value = text[(from + 1)..close];
        return escaped ? Unescape(value, memory) : value;
    }

    private static ReadOnlyMemory<byte> Unescape(ReadOnlyMemory<byte> value, SecretMemory memory)
    {
        var plain = memory.Take(value.Length);
        Span<byte> to = plain.Span;
        int length = 0;
        for (int i = 0; i < value.Length; i++)
        {
            byte b = value.Span[i];
            if (b == '\\')
            {
                b = value.Span[++i] switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', var other => other };
            }

            to[length++] = b;
        }

        return plain[..length];
    }
}
