namespace Redactor.Rules;

/// <summary>A text by which a rule shows what it finds or leaves alone.</summary>
/// <param name="Name">The name (of an attribute, header, form field) that the text is the value of; null for plain text.</param>
/// <param name="Text">The text with its fills made (see <see cref="ExampleTemplate"/>).</param>
/// <param name="IsMatch">Whether the rule must find something.</param>
/// <param name="Line">Line in the rule file, from 1.</param>
/// <param name="Column">Column in the rule file, from 1.</param>
public sealed record RuleExample(string? Name, ExampleText Text, bool IsMatch, int Line, int Column);
