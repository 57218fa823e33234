using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Redactor.Rules;

/// <summary>
/// Reads one YAML mapping field by field. A wrong value is reported and read as absent, so that one pass tells every mistake;
/// <see cref="RejectOthers"/> ends it and reports the fields that nobody asked for. The configuration has a reader of its own: its values may be references, and what these hold
/// must not be told, while in rules <c>$</c> and braces are parts of expressions and examples.
/// </summary>
internal sealed class YamlFields(YamlMappingNode mapping, Action<YamlNode, string> report)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>The value of <paramref name="name"/> as a node, or null if the field is absent.</summary>
    public YamlNode? Node(string name)
    {
        asked.Add(name);
        return mapping.Children.FirstOrDefault(field => field.Key is YamlScalarNode key && key.Value == name).Value;
    }

    /// <summary>The text of <paramref name="name"/>, never empty.</summary>
    public string? Text(string name) => Node(name) is { } node ? ScalarText(node, name) : null;

    /// <summary>The number in <paramref name="name"/>, from <paramref name="least"/> to <paramref name="greatest"/>.</summary>
    public double? Number(string name, double least, double greatest) =>
        Parsed<double>(name, $"a number from {least} to {greatest}", text =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double value)
            && value >= least && value <= greatest ? value : null);

    /// <summary>The whole number in <paramref name="name"/>, from <paramref name="least"/> to <paramref name="greatest"/>.</summary>
    public int? Integer(string name, int least, int greatest) =>
        Parsed<int>(name, $"a whole number from {least} to {greatest}", text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= least && value <= greatest ? value : null);

    /// <summary>The one of <paramref name="values"/> that <paramref name="name"/> names.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> values)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (values.TryGetValue(text, out T value))
        {
            return value;
        }

        report(mapping.Children[name], $"\"{name}\" can't be \"{text}\"{Spelling.Suggest(text, [.. values.Keys])}");
        return null;
    }

    /// <summary>The elements of the list <paramref name="name"/>; none if the field is absent.</summary>
    public IReadOnlyList<YamlNode> List(string name)
    {
        switch (Node(name))
        {
            case null:
                return [];
            case YamlSequenceNode { Children.Count: > 0 } list:
                return [.. list.Children];
            case YamlSequenceNode empty:
                report(empty, $"\"{name}\" is empty; remove it or list something");
                return [];
            case var other:
                report(other, $"\"{name}\" must be a list, such as {name}: [...]");
                return [];
        }
    }

    /// <summary>The texts in the list <paramref name="name"/>, none of them empty.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. List(name).Select(node => ScalarText(node, name)).OfType<string>()];

    /// <summary>The mapping <paramref name="name"/>, to be read with the same reports.</summary>
    public YamlFields? Mapping(string name)
    {
        switch (Node(name))
        {
            case null:
                return null;
            case YamlMappingNode inner:
                return new YamlFields(inner, report);
            case var other:
                report(other, $"\"{name}\" must be a mapping, such as {name}: {{...}}");
                return null;
        }
    }

    /// <summary>Reports that <paramref name="name"/> is missing, if it is.</summary>
    public void Require(string name)
    {
        if (Node(name) is null)
        {
            report(mapping, $"\"{name}\" is missing");
        }
    }

    /// <summary>Reports every field that was not asked for.</summary>
    public void RejectOthers()
    {
        foreach (var key in mapping.Children.Keys)
        {
            string? name = (key as YamlScalarNode)?.Value;
            if (name is null || !asked.Contains(name))
            {
                report(key, name is null ? "a field's name must be text" : $"unknown field \"{name}\"{Spelling.Suggest(name, asked)}");
            }
        }
    }

    private T? Parsed<T>(string name, string what, Func<string, T?> parse)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (parse(text) is { } value)
        {
            return value;
        }

        report(mapping.Children[name], $"\"{name}\" must be {what}");
        return null;
    }

    private string? ScalarText(YamlNode node, string name)
    {
        if (node is not YamlScalarNode scalar)
        {
            report(node, $"\"{name}\" must hold plain text here, not a list or a mapping");
            return null;
        }

        if (string.IsNullOrEmpty(scalar.Value) || (scalar.Style == ScalarStyle.Plain && scalar.Value is "~" or "null"))
        {
            report(node, $"\"{name}\" is empty; give it a value or remove it");
            return null;
        }

        return scalar.Value;
    }
}
