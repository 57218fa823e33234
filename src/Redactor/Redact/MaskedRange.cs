using Redactor.Rules;

namespace Redactor.Redact;

/// <summary>A stretch of a unit that is masked.</summary>
/// <param name="Start">Offset of its first byte in the unit.</param>
/// <param name="End">Offset behind its last byte.</param>
/// <param name="Rule">The rule whose mask takes its place; or <see cref="OverBudget"/>, <see cref="Hidden"/> or <see cref="Open"/>.</param>
/// <param name="Text">Where the text starts that takes its place, already masked, in what the reader of the unit has written; -1: the mask itself does.</param>
/// <param name="TextLength">How long that text is, in bytes.</param>
internal readonly record struct MaskedRange(int Start, int End, int Rule, int Text = -1, int TextLength = 0)
{
    /// <summary>The mask that a policy for the content of a conversation asks for; null: the rule's own.</summary>
    public Mask? Chosen { get; init; }

    /// <summary>In place of a rule: the unit, or a view of it, goes over budget.</summary>
    public const int OverBudget = -1;

    /// <summary>In place of a rule: the configuration hides this content of a conversation.</summary>
    public const int Hidden = -2;

    /// <summary>In place of a rule: the end of a stream, which may be half a secret.</summary>
    public const int Open = -3;

    /// <summary>Whether a text takes its place: an encoded run of which a part is masked, or a mask with quotes around it.</summary>
    public bool HasText => Text >= 0;
}
