using System.Globalization;
using Redactor.Rules;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Redactor.Import;

/// <summary>Rules -> the YAML of a rule file.</summary>
internal static class RuleWriter
{
    /// <summary>Writes the fields that a converted rule can have.</summary>
    public static void Write(IEnumerable<Rule> rules, TextWriter output)
    {
        var yaml = new Emitter(output, EmitterSettings.Default.WithBestWidth(int.MaxValue));
        yaml.Emit(new StreamStart());
        yaml.Emit(new DocumentStart(null, null, isImplicit: true));
        yaml.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
        foreach (var rule in rules)
        {
            yaml.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
            WriteText(yaml, "id", rule.Id, ScalarStyle.Plain);
            if (rule.Title.Length > 0)
            {
                WriteText(yaml, "title", rule.Title, ScalarStyle.SingleQuoted);
            }

            WriteText(yaml, "pattern", rule.Scan.Pattern!, ScalarStyle.SingleQuoted);
            WriteList(yaml, "keywords", rule.Scan.Keywords);
            if (rule.Scan.Entropy > 0)
            {
                WriteText(yaml, "entropy", rule.Scan.Entropy.ToString(CultureInfo.InvariantCulture), ScalarStyle.Plain);
            }

            WriteList(yaml, "tags", rule.Tags);
            yaml.Emit(new MappingEnd());
        }

        yaml.Emit(new SequenceEnd());
        yaml.Emit(new DocumentEnd(isImplicit: true));
        yaml.Emit(new StreamEnd());
    }

    private static void WriteText(Emitter yaml, string field, string value, ScalarStyle style)
    {
        yaml.Emit(new Scalar(field));
        yaml.Emit(new Scalar(AnchorName.Empty, TagName.Empty, value, style, isPlainImplicit: true, isQuotedImplicit: true));
    }

    private static void WriteList(Emitter yaml, string field, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        yaml.Emit(new Scalar(field));
        yaml.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Flow));
        foreach (string value in values)
        {
            yaml.Emit(new Scalar(AnchorName.Empty, TagName.Empty, value, ScalarStyle.SingleQuoted, isPlainImplicit: true, isQuotedImplicit: true));
        }

        yaml.Emit(new SequenceEnd());
    }
}
