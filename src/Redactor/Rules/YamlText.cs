using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Redactor.Rules;

/// <summary>One YAML document: its text, its root node, and where in the text things stand.</summary>
internal sealed class YamlText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string text;

    private YamlText(string text, YamlNode? root)
    {
        this.text = text;
        Root = root;
    }

    /// <summary>The first document's root; null if the file holds nothing but blanks and comments.</summary>
    public YamlNode? Root { get; }

    /// <summary>Reads UTF-8 YAML.</summary>
    /// <exception cref="YamlException">The YAML is broken, has a key twice or is nested too deep.</exception>
    /// <exception cref="DecoderFallbackException">The bytes are no UTF-8.</exception>
    public static YamlText Parse(ReadOnlySpan<byte> content)
    {
        string text = StrictUtf8.GetString(content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content);
        var stream = new YamlStream();
        try
        {
            stream.Load(new BoundedParser(new Parser(new StringReader(text))));
        }
        catch (YamlException broken) when (broken.Message.Contains(" tab ", StringComparison.Ordinal) && FirstTab(text, broken.Start) is { } tab)
        {
            // The library tells where the mapping begins that the tab is in, which may be many lines above.
            throw new YamlException(tab, tab, broken.Message);
        }

        return stream.Documents switch
        {
            [] => new YamlText(text, null),
            [var document] => new YamlText(text, document.RootNode),
            [_, var second, ..] => throw new YamlException(second.RootNode.Start, second.RootNode.End, "a second document (---) begins; put everything into one"),
        };
    }

    /// <summary>What is broken, in one line without the position, which some of the library's messages repeat.</summary>
    public static string Describe(YamlException broken)
    {
        string message = (broken.InnerException ?? broken).Message;
        int positions = message.LastIndexOf("): ", StringComparison.Ordinal);
        message = (positions < 0 ? message : message[(positions + 3)..]).TrimEnd('.');
        string hint = message.Contains("escape character", StringComparison.Ordinal) ? "; put patterns in single quotes, where a backslash is itself"
            : message.Contains(" tab ", StringComparison.Ordinal) ? "; indent with spaces"
            : "";
        return (message.Length > 0 ? char.ToLowerInvariant(message[0]) + message[1..] : "it can't be read") + hint;
    }

    /// <summary>
    /// Line and column, from 1, of the character at <paramref name="offset"/> in the value of <paramref name="scalar"/>; the
    /// scalar's own start where the value is spread over lines.
    /// </summary>
    public (int Line, int Column) Locate(YamlScalarNode scalar, int offset)
    {
        int start = (int)scalar.Start.Index;
        int at = start;
        char quote = start < text.Length ? text[start] : '\0';
        if (scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted)
        {
            at++;
        }

        for (int i = 0; i < offset && at < text.Length; i++)
        {
            at += scalar.Style switch
            {
                ScalarStyle.SingleQuoted when text[at] == '\'' => 2,
                ScalarStyle.DoubleQuoted when text[at] == '\\' => EscapeLength(at),
                _ => 1,
            };
        }

        bool oneLine = scalar.Style switch
        {
            ScalarStyle.Plain => true,
            ScalarStyle.SingleQuoted => quote == '\'',
            ScalarStyle.DoubleQuoted => quote == '"',
            _ => false,
        } && at <= text.Length && !text.AsSpan(start, at - start).Contains('\n');
        return ((int)scalar.Start.Line, (int)scalar.Start.Column + (oneLine ? at - start : 0));
    }

    /// <summary>The first tab in the indentation of a line, from the line of <paramref name="from"/> on; null if there is none.</summary>
    private static Mark? FirstTab(string text, Mark from)
    {
        int start = 0;
        for (int line = 1; start < text.Length; line++)
        {
            int column = text.AsSpan(start).IndexOfAnyExcept(' ') + 1;
            if (line >= from.Line && column > 0 && text[start + column - 1] == '\t')
            {
                return new Mark(start + column - 1, line, column);
            }

            start = text.IndexOf('\n', start) is >= 0 and var end ? end + 1 : text.Length;
        }

        return null;
    }

    private int EscapeLength(int at) => (at + 1 < text.Length ? text[at + 1] : '\0') switch { 'x' => 4, 'u' => 6, 'U' => 10, _ => 2 };

    /// <summary>A parser that refuses deep nesting before the recursive node builder sees it.</summary>
    private sealed class BoundedParser(IParser inner) : IParser
    {
        private int depth;

        public ParsingEvent? Current => inner.Current;

        public bool MoveNext()
        {
            bool more = inner.MoveNext();
            depth += more ? inner.Current!.NestingIncrease : 0;
            return depth <= RuleLimits.MaxNesting + 2 // the stream and the document count too
                ? more
                : throw new YamlException(inner.Current!.Start, inner.Current.End, $"lists and mappings are nested deeper than {RuleLimits.MaxNesting}");
        }
    }
}
