using System.Text.RegularExpressions;
using Redactor.Scanning;
using Redactor.Scanning.Judging;
using YamlDotNet.RepresentationModel;

namespace Redactor.Rules;

/// <summary>Reads the rules of one file, field by field, and reports what is wrong with them.</summary>
internal sealed partial class RuleReader(string file, YamlText yaml, ICollection<RuleMistake> mistakes)
{
    /// <summary>Reads one element of the list; null if it can't be a rule.</summary>
    public Rule? Read(YamlNode node)
    {
        if (node is not YamlMappingNode mapping)
        {
            Report(node, null, "a rule is a mapping: \"- id: ...\" and its other fields below");
            return null;
        }

        int before = mistakes.Count;
        string? id = null;
        var fields = new YamlFields(mapping, (at, message) => Report(at, id, message));
        id = ReadId(fields, mapping);
        var scan = new ScanRule
        {
            Id = id ?? "?",
            Pattern = fields.Text("pattern"),
            Keywords = fields.Texts("keywords"),
            Keys = fields.Texts("keys"),
            Entropy = fields.Number("entropy", 0, RuleLimits.MaxEntropy) ?? 0,
            Check = ReadCheck(fields, id),
            Near = ReadNear(fields),
            Except = fields.Texts("except"),
            MaxLength = fields.Integer("max_length", 1, ScanLimits.MaxMatchLength) ?? ScanLimits.DefaultMatchLength,
            Shadow = fields.Choice("status", RuleWords.ShadowByStatus) ?? false,
        };
        var rule = new Rule
        {
            Scan = scan,
            Title = fields.Text("title") ?? "",
            Profile = fields.Choice("profile", RuleWords.Profiles) ?? Profile.Default,
            Mask = fields.Choice("mask", RuleWords.Masks) ?? Mask.Label,
            Severity = fields.Choice("severity", RuleWords.Severities) ?? Severity.Medium,
            Tags = fields.Texts("tags"),
            Examples = ReadExamples(fields, id),
            File = file,
            Line = (int)mapping.Start.Line,
            Column = (int)mapping.Start.Column,
        };
        if (fields.Node("pattern") is null && fields.Node("keys") is null)
        {
            Report(mapping, id, "has neither \"pattern\" nor \"keys\": give it one, or both");
        }

        fields.RejectOthers();
        if (mistakes.Count == before)
        {
            Validate(scan, mapping);
        }

        return mistakes.Count == before ? rule : null;
    }

    private string? ReadId(YamlFields fields, YamlMappingNode mapping)
    {
        var node = fields.Node("id");
        if (node is YamlScalarNode { Value: { } reserved } && reserved + ":" == MaskText.KnownPrefix)
        {
            Report(node, null, $"\"id\" can't be \"{reserved}\": the labels of known secrets begin so; write another, such as {reserved}-keys");
            return null;
        }

        if (node is YamlScalarNode { Value: { } id } && id.Length <= RuleLimits.MaxIdLength && IdGrammar().IsMatch(id))
        {
            return id;
        }

        Report(node ?? mapping, null, node is null
            ? "a rule needs an \"id\""
            : $"\"id\" must be lower-case letters and digits with single hyphens between, at most {RuleLimits.MaxIdLength} characters, such as acme-api-key");
        return null;
    }

    private string? ReadCheck(YamlFields fields, string? id)
    {
        string? check = fields.Text("check");
        if (check is null || Checks.Find(check) is not null)
        {
            return check;
        }

        Report(fields.Node("check")!, id, $"unknown check \"{check}\"{Spelling.Suggest(check, Checks.Names)}");
        return null;
    }

    private static NearWords? ReadNear(YamlFields fields)
    {
        if (fields.Mapping("near") is not { } near)
        {
            return null;
        }

        var words = near.Texts("words");
        int? within = near.Integer("within", 1, RuleLimits.MaxNearDistance);
        near.Require("words");
        near.Require("within");
        near.RejectOthers();
        return words.Count > 0 && within is { } distance ? new NearWords(words, distance) : null;
    }

    private List<RuleExample> ReadExamples(YamlFields fields, string? id)
    {
        var examples = new List<RuleExample>();
        if (fields.Mapping("examples") is { } lists)
        {
            Add(lists.List("match"), isMatch: true);
            Add(lists.List("ignore"), isMatch: false);
            lists.RejectOthers();
        }

        return examples;

        void Add(IReadOnlyList<YamlNode> nodes, bool isMatch)
        {
            foreach (var node in nodes)
            {
                (string? name, string? text) = node switch
                {
                    YamlScalarNode scalar => (null, scalar.Value),
                    YamlMappingNode { Children: [{ Key: YamlScalarNode key, Value: YamlScalarNode value }] } => (key.Value, value.Value),
                    _ => (null, null),
                };
                if (string.IsNullOrEmpty(text))
                {
                    Report(node, id, "an example is a text, or one name with its value, such as {authorization: \"Bearer ...\"}");
                    continue;
                }

                try
                {
                    examples.Add(new RuleExample(name, ExampleTemplate.Fill(text), isMatch, (int)node.Start.Line, (int)node.Start.Column));
                }
                catch (FormatException wrong)
                {
                    Report(node, id, wrong.Message);
                }
            }
        }
    }

    private void Validate(ScanRule scan, YamlMappingNode mapping)
    {
        if (Scanner.Validate(scan) is not { } refused)
        {
            return;
        }

        var node = mapping.Children.FirstOrDefault(field => field.Key is YamlScalarNode key && key.Value == refused.Field).Value ?? mapping;
        if (node is YamlScalarNode scalar && refused.Position >= 0)
        {
            (int line, int column) = yaml.Locate(scalar, refused.Position);
            mistakes.Add(new RuleMistake(file, line, column, scan.Id, refused.Message));
        }
        else
        {
            Report(node, scan.Id, refused.Message);
        }
    }

    private void Report(YamlNode at, string? id, string message) =>
        mistakes.Add(new RuleMistake(file, (int)at.Start.Line, (int)at.Start.Column, id, message));

    [GeneratedRegex("^[a-z0-9]+(?:-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdGrammar();
}
