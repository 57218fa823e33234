using System.Text;

namespace Redactor.Scanning.Judging;

/// <summary>Text that stands where a secret would be: templates, variables, masks, and the words that documentation uses.</summary>
internal static class Placeholder
{
    /// <summary>What begins or marks a template or variable of shells, Ruby, Jinja, Helm, batch files, printf, Python, HTML and Azure pipelines.</summary>
    private static readonly WordSearch Templates = new(ignoreCase: false, "${", "$(", "#{", "{{", "}}", "<%", "%s", "%(", "&lt;", "[[", "...", "\u2026", "[REDACTED", "[FILTERED", "[MASKED", "***", "•••");

    /// <summary>Words that no generated secret has and that people write into examples.</summary>
    private static readonly WordSearch Words = new(
        ignoreCase: true,
        "example", "placeholder", "changeme", "change-me", "change_me", "your_", "your-", "yourpass", "yoursecret", "yourtoken", "yourapi", "yourkey",
        "insert", "redacted", "replace", "dummy", "not-set", "not_set", "_here", "-here", "goes-here", "todo", "fixme", "sample", "undefined", "enter_", "my-secret", "my_secret");

    /// <summary>What stands for "no value", a type, or the thing itself, when it is the whole text.</summary>
    private static readonly HashSet<string> Whole = new(StringComparer.OrdinalIgnoreCase)
    {
        "null", "nil", "none", "true", "false", "undefined", "empty", "void", "string", "str", "text", "number", "integer", "int", "object", "boolean", "bool", "varchar", "char",
        "bytes", "byte", "array", "list", "dict", "any", "unknown", "default", "required", "optional", "hidden", "disabled", "enabled", "type", "value", "name", "field", "input",
        "label", "password", "passwd", "passphrase", "pass", "pwd", "secret", "token", "tokens", "key", "keys", "apikey", "api_key", "api-key", "access_token", "auth", "user", "username",
        "bearer", "basic", "digest", "yes", "no", "on", "off", "test", "static", "const", "self", "this", "props", "secretstring", "securestring", "function", "async", "await", "return",
        "new", "import", "export", "env", "config", "credentials", "authorization", "header", "headers", "cookie", "session", "aws4-hmac-sha256", "invalid", "missing", "expired", "failed", "incorrect", "redacted", "masked",
        "dummy", "example", "placeholder", "changeme", "sample",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> WholeLookup = Whole.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The longest word that <see cref="Whole"/> has a use for.</summary>
    private const int LongestWhole = 16;

    /// <summary>Whether <paramref name="value"/> is a template, a variable, a mask or a word for a secret rather than one.</summary>
    public static bool Is(ReadOnlySpan<byte> value) => Is(value, TextShape.Of(value));

    /// <summary>As <see cref="Is(ReadOnlySpan{byte})"/>, for a value whose <paramref name="shape"/> is known: no template is of letters and digits alone.</summary>
    public static bool Is(ReadOnlySpan<byte> value, in TextShape shape) =>
        value.IsEmpty || IsFiller(shape) || (shape.Others > 0 && IsTemplate(value)) || IsWord(value) || Words.IsIn(value);

    /// <summary>Whether <paramref name="value"/> is filled in by a program later, or is masked already.</summary>
    public static bool IsTemplate(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || (value[0] == '<' && value.IndexOfAny((byte)'>', (byte)'=') > 0) || (value[0] == '%' && value.Length <= 3))
        {
            return true;
        }

        if ((value[0], value[^1]) is ((byte)'{', (byte)'}') or ((byte)'%', (byte)'%') or ((byte)'_', (byte)'_') && value.Length > 2 && Expression.IsName(value[1..^1]))
        {
            return true;
        }

        if (value[0] is (byte)'$' or (byte)'@' or (byte)'&' && value.Length > 1 && value[1..].IndexOfAnyExcept(NameBytes) < 0 && TextShape.Of(value) is { Digits: <= 2 })
        {
            return true;
        }

        return Templates.IsIn(value);
    }

    /// <summary>Whether the whole text is a word for "no value", a type, or the thing itself.</summary>
    public static bool IsWord(ReadOnlySpan<byte> value) => value.Length <= LongestWhole && IsWhole(value);

    private static bool IsWhole(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[LongestWhole];
        return Encoding.ASCII.TryGetChars(value, text, out int written) && WholeLookup.Contains(text[..written]);
    }

    /// <summary>Whether one character repeated makes up half of the text (<c>xxxx</c>, <c>AKIA</c> and sixteen <c>X</c>), or too few different ones do.</summary>
    public static bool IsFiller(in TextShape shape) => shape.LongestRepeat * 2 > shape.Length || (shape.Length >= 12 && shape.Distinct <= 3);

    private static readonly System.Buffers.SearchValues<byte> NameBytes =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:>-[]'\""u8);
}
