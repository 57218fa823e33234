namespace Redactor.Rules;

/// <summary>
/// Something wrong in a rule file, as one line that an editor can jump to:
/// <c>rules/llm.yaml:12:5: openai-project-key: unknown field "keyword"; did you mean "keywords"?</c>.
/// </summary>
/// <param name="File">The file as the user would name it.</param>
/// <param name="Line">Line, from 1; 0 if the mistake is the whole file.</param>
/// <param name="Column">Column in characters, from 1; 0 with line 0.</param>
/// <param name="RuleId">The rule's id, as far as it is known.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record RuleMistake(string File, int Line, int Column, string? RuleId, string Message)
{
    public override string ToString() =>
        File + (Line > 0 ? $":{Line}:{Column}: " : ": ") + (RuleId is null ? "" : RuleId + ": ") + Message;
}
