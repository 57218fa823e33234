using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Redactor.Rules;

/// <summary>One rule file, read: a YAML list of rules.</summary>
/// <param name="Name">The file as the user would name it.</param>
/// <param name="Rules">Its rules in order, without those that have mistakes.</param>
public sealed record RuleFile(string Name, IReadOnlyList<Rule> Rules)
{
    /// <summary>Reads <paramref name="content"/> and adds all its mistakes to <paramref name="mistakes"/>.</summary>
    /// <param name="name">The file as the user would name it.</param>
    /// <param name="content">UTF-8 YAML.</param>
    /// <param name="mistakes">Receives what is wrong, in the order of the file.</param>
    public static RuleFile Read(string name, ReadOnlySpan<byte> content, ICollection<RuleMistake> mistakes)
    {
        var rules = new List<Rule>();
        try
        {
            var yaml = YamlText.Parse(content);
            switch (yaml.Root)
            {
                case YamlSequenceNode { Children.Count: > 0 } list:
                    var reader = new RuleReader(name, yaml, mistakes);
                    rules.AddRange(list.Children.Select(reader.Read).OfType<Rule>());
                    break;
                case null or YamlScalarNode { Value: null or "" } or YamlSequenceNode:
                    // An editor or a copy empties a file before it writes it: that must not take rules out of force.
                    mistakes.Add(new RuleMistake(name, 0, 0, null, "holds no rules; write some or remove the file"));
                    break;
                case var other:
                    mistakes.Add(new RuleMistake(name, (int)other.Start.Line, (int)other.Start.Column, null, "a rule file is a list: each rule begins with \"- id: ...\""));
                    break;
            }
        }
        catch (YamlException broken)
        {
            mistakes.Add(new RuleMistake(name, (int)broken.Start.Line, (int)broken.Start.Column, null, "broken YAML: " + YamlText.Describe(broken)));
        }
        catch (DecoderFallbackException)
        {
            mistakes.Add(new RuleMistake(name, 0, 0, null, "is not UTF-8 text"));
        }

        return new RuleFile(name, rules);
    }
}
