using System.Buffers;

namespace Redactor.Redact.Views;

/// <summary>What a token of JSON text is.</summary>
internal enum JsonTokenKind
{
    /// <summary>The name of a member.</summary>
    Name,

    /// <summary>A string that is a value.</summary>
    String,

    /// <summary>A number, or a word without quotes.</summary>
    Bare,

    /// <summary><c>{</c> or <c>[</c>.</summary>
    Open,

    /// <summary><c>}</c> or <c>]</c>.</summary>
    Close,
}

/// <summary>
/// The tokens of a text that is JSON, holds some, or is the first part of some: attributes are cut at length limits, bodies are logged behind words. So it is
/// read without asking whether the whole of it is valid, and it never fails.
/// </summary>
internal ref struct JsonTokens(ReadOnlySpan<byte> text)
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create(" \t\r\n,:{}[]\""u8);

    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789+-.eE"u8);

    private readonly ReadOnlySpan<byte> text = text;
    private int position;

    /// <summary>What the current token is.</summary>
    public JsonTokenKind Kind { get; private set; }

    /// <summary>Where its content starts, behind the quote of a string.</summary>
    public int Start { get; private set; }

    /// <summary>Where its content ends, before the quote of a string, or at the end of the text if the string has none.</summary>
    public int End { get; private set; }

    /// <summary>Whether the text looks like a whole JSON object, array or string, or like a server-sent event that is one.</summary>
    public static bool LooksLikeJson(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        text = text.StartsWith("data:"u8) ? text["data:"u8.Length..].TrimStart(" \t\r\n"u8) : text;
        if (text.Length < 2)
        {
            return false;
        }

        ReadOnlySpan<byte> inner = text[1..].TrimStart(" \t\r\n"u8);
        return (text[0], text[^1]) switch
        {
            ((byte)'{', (byte)'}') => inner[0] is (byte)'"' or (byte)'}',
            // What has entities and no quotes is JSON in HTML.
            ((byte)'[', (byte)']') => StartsArray(inner) && (inner.Contains((byte)'"') || !inner.Contains((byte)'&')),
            ((byte)'"', (byte)'"') => true,
            _ => false,
        };
    }

    /// <summary>Whether a token is a number or one of JSON's words; of other letters it is no JSON, but looks like some: <c>&amp;quot;key&amp;quot;</c>.</summary>
    public static bool IsLiteral(ReadOnlySpan<byte> token) =>
        token is [>= (byte)'0' and <= (byte)'9' or (byte)'-', ..] ? !token.ContainsAnyExcept(OfNumbers) : token.SequenceEqual("true"u8) || token.SequenceEqual("false"u8) || token.SequenceEqual("null"u8);

    /// <summary>Goes on to the next token; false if there is none.</summary>
    public bool Read()
    {
        while (position < text.Length)
        {
            Start = position++;
            switch (text[Start])
            {
                case (byte)'"':
                    ReadString();
                    return true;
                case (byte)'{' or (byte)'[':
                    return Is(JsonTokenKind.Open);
                case (byte)'}' or (byte)']':
                    return Is(JsonTokenKind.Close);
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)':':
                    continue;
                default:
                    int length = text[Start..].IndexOfAny(Structure);
                    position = length < 0 ? text.Length : Start + length;
                    return Is(JsonTokenKind.Bare);
            }
        }

        return false;
    }

    /// <summary>Whether an array can begin so, behind its bracket: log lines begin with <c>[INFO]</c> and <c>[10:15 UTC]</c>.</summary>
    private static bool StartsArray(ReadOnlySpan<byte> inner)
    {
        inner = inner.TrimStart("[ \t\r\n"u8);
        if (inner is [(byte)'"' or (byte)']', ..])
        {
            return true;
        }

        if (inner is [(byte)'{', ..])
        {
            return inner[1..].TrimStart(" \t\r\n"u8) is [(byte)'"' or (byte)'}', ..];
        }

        int length = inner.IndexOfAny(Structure);
        return length > 0 && IsLiteral(inner[..length]) && inner[length..].TrimStart(" \t\r\n"u8) is [(byte)',' or (byte)']', ..];
    }

    /// <summary>Whether an odd number of backslashes stands before a quote: text of models has escapes every few bytes, and few of them are quotes.</summary>
    private bool IsEscaped(int quote)
    {
        int backslashes = 0;
        while (quote - backslashes > Start && text[quote - backslashes - 1] == '\\')
        {
            backslashes++;
        }

        return (backslashes & 1) != 0;
    }

    private bool Is(JsonTokenKind kind)
    {
        Kind = kind;
        End = position;
        return true;
    }

    private void ReadString()
    {
        Start++;
        do
        {
            int next = text[position..].IndexOf((byte)'"');
            End = next < 0 ? text.Length : position + next;
            position = Math.Min(text.Length, End + 1);
        }
        while (End < text.Length && IsEscaped(End));

        int behind = position;
        while (behind < text.Length && text[behind] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            behind++;
        }

        Kind = behind < text.Length && text[behind] == ':' ? JsonTokenKind.Name : JsonTokenKind.String;
    }
}
