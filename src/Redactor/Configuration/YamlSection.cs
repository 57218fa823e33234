using System.Net;
using Redactor.Rules;
using YamlDotNet.RepresentationModel;

namespace Redactor.Configuration;

/// <summary>
/// One mapping of the file, read by asking for its keys. What was never asked for is unknown, and <see cref="Close"/> says so.
/// Every getter gives the default and notes a mistake where the file holds something else than was asked for.
/// </summary>
/// <param name="path">Where the section is, for messages: <c>receivers.otlp</c>.</param>
/// <param name="node">The mapping.</param>
/// <param name="context">The file that it is part of.</param>
/// <param name="place">Where it stands in the file, if that is not the mapping itself.</param>
internal sealed class YamlSection(string path, YamlMappingNode node, YamlContext context, YamlNode? place = null)
{
    private readonly HashSet<string> known = [];

    /// <summary>Where the section stands, for mistakes about all of it.</summary>
    public YamlNode Node => place ?? node;

    /// <summary>What all sections of the file share.</summary>
    public YamlContext Context => context;

    /// <summary>The keys as they stand in the file.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? "");

    /// <summary>The full name of a key, for messages: <c>receivers.otlp.protocols</c>.</summary>
    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>The value's node, or null where the key is missing.</summary>
    public YamlNode? Find(string key)
    {
        known.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    /// <summary>A nested section; null if the key is missing. <c>key:</c> with nothing behind it is an empty section.</summary>
    public YamlSection? Section(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlMappingNode mapping:
                return new YamlSection(PathOf(key), mapping, context);
            case YamlScalarNode { Value: null or "" or "~" or "null" } empty:
                return new YamlSection(PathOf(key), [], context, empty);
            case var other:
                context.Mistakes.Add(other, $"{PathOf(key)} must be a mapping of settings");
                return null;
        }
    }

    /// <summary>Text with its references put in; null if the key is missing or wrong.</summary>
    public string? Text(string key) => Find(key) is { } value ? context.Text(PathOf(key), value) : null;

    /// <summary>The full path of a file; relative ones start at the configuration's directory. Null if the key is missing or wrong.</summary>
    public string? Path(string key) => Text(key) is { } file ? System.IO.Path.Combine(context.Directory, file) : null;

    /// <summary>A list of texts; a single text counts as a list of one. Null if the key is missing.</summary>
    public IReadOnlyList<(string Text, YamlNode Node)>? Texts(string key)
    {
        IEnumerable<YamlNode>? items = Find(key) switch
        {
            null => null,
            YamlSequenceNode sequence => sequence.Children,
            var single => [single],
        };
        return items?.Select(i => (Text: context.Text(PathOf(key), i), Node: i)).Where(i => i.Text is not null).Select(i => (i.Text!, i.Node)).ToList();
    }

    /// <summary>Whether the key has a list without elements.</summary>
    public bool IsEmptyList(string key) => Find(key) is YamlSequenceNode { Children.Count: 0 };

    /// <summary>A value that <paramref name="parse"/> understands; null if the key is missing or the value wrong.</summary>
    /// <param name="key">The key.</param>
    /// <param name="parse">Gives null for what it can't read.</param>
    /// <param name="right">What would be right, for the message: <c>a duration such as 5s</c>.</param>
    public T? Value<T>(string key, Func<string, T?> parse, string right)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            Refuse(key, right);
        }

        return value;
    }

    /// <summary>The one of <paramref name="values"/> that <paramref name="key"/> names.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> values)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (values.TryGetValue(text, out var value))
        {
            return value;
        }

        Mistake(key, $"{PathOf(key)} can't be \"{Written(Find(key)!)}\"{Spelling.Suggest(text, [.. values.Keys])}");
        return null;
    }

    /// <summary>A list of names of an enum's values; none if the key is missing.</summary>
    public IReadOnlyList<T> Names<T>(string key)
        where T : struct, Enum
    {
        var names = new List<T>();
        foreach (var (text, node) in Texts(key) ?? [])
        {
            if (Parse.Name<T>(text) is { } name)
            {
                names.Add(name);
            }
            else
            {
                Refuse(key, node, Parse.NamesOf<T>());
            }
        }

        return names;
    }

    /// <summary>A size that the file gives in MiB, from 1 to <paramref name="greatest"/>, in bytes.</summary>
    public long? Mebibytes(string key, int greatest) =>
        Value(key, Parse.Integer(1, greatest), $"a whole number of MiB from 1 to {greatest}") * 1024L * 1024;

    /// <summary>The elements of a list of mappings; none if the key is missing.</summary>
    public IReadOnlyList<YamlSection> Sections(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlSequenceNode list when list.Children.All(item => item is YamlMappingNode):
                return [.. list.Children.Select((item, index) => new YamlSection($"{PathOf(key)}[{index}]", (YamlMappingNode)item, context))];
            case var other:
                context.Mistakes.Add(other, $"{PathOf(key)} must be a list of mappings, such as {key}: [{{...}}]");
                return [];
        }
    }

    /// <summary>An address to listen on.</summary>
    public IPEndPoint? Endpoint(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        var endpoint = Parse.Endpoint(text);
        if (endpoint is null)
        {
            Refuse(key, Parse.EndpointForm);
        }

        return endpoint;
    }

    /// <summary>Notes that a value can't be used. Shows the file's own text, never what a reference put in: that may be secret.</summary>
    public void Refuse(string key, string right) => Refuse(key, Find(key) ?? Node, right);

    /// <summary>The same of one element of a list.</summary>
    public void Refuse(string key, YamlNode element, string right) =>
        context.Mistakes.Add(element, $"{PathOf(key)}: '{Written(element)}' can't be used; write {right}");

    /// <summary>Notes a mistake at the value of a key, or at the section where the key is missing.</summary>
    public void Mistake(string key, string message) => context.Mistakes.Add(Find(key) ?? Node, message);

    /// <summary>Reports every key that nobody asked for, with the known one that is nearest.</summary>
    public void Close()
    {
        foreach (var key in node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!known.Contains(name))
            {
                context.Mistakes.Add(key, $"unknown key \"{PathOf(name)}\"{Spelling.Suggest(name, known)}");
            }
        }
    }

    private static string? Written(YamlNode node) => (node as YamlScalarNode)?.Value;
}
