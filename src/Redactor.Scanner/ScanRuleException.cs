namespace Redactor.Scanning;

/// <summary>A rule that can't be compiled. The message says what is wrong and what would be right, and holds no text but the rule's own.</summary>
public sealed class ScanRuleException : FormatException
{
    /// <summary>Creates the error.</summary>
    /// <param name="ruleId">The rule's id.</param>
    /// <param name="field">The field of the rule that is wrong (<c>pattern</c>, <c>keywords</c>, <c>check</c>...).</param>
    /// <param name="position">Offset in that field's text, or -1.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    public ScanRuleException(string ruleId, string field, int position, string message)
        : base(message)
    {
        RuleId = ruleId;
        Field = field;
        Position = position;
    }

    /// <summary>The rule's id.</summary>
    public string RuleId { get; }

    /// <summary>The field of the rule that is wrong.</summary>
    public string Field { get; }

    /// <summary>Offset in that field's text, in characters, or -1.</summary>
    public int Position { get; }
}
