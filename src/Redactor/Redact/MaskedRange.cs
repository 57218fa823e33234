namespace Redactor.Redact;

/// <summary>A stretch of a unit that is masked.</summary>
/// <param name="Start">Offset of its first byte in the unit.</param>
/// <param name="End">Offset behind its last byte.</param>
/// <param name="Rule">The rule whose mask takes its place; -1: the unit went over budget.</param>
internal readonly record struct MaskedRange(int Start, int End, int Rule);

/// <summary>What a unit's findings ask for. The strongest counts.</summary>
internal enum Verdict
{
    Clean,
    Mask,
    DropField,
    DropRecord,
}
