using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Automata;

/// <summary>Answers conditions of no width from what stands before a place and the byte behind it.</summary>
internal static class Conditions
{
    /// <summary>In place of the next byte: the unit ends here.</summary>
    internal const int UnitEnd = -1;

    internal static bool Holds(AssertKind kind, Before before, int next) => kind switch
    {
        AssertKind.UnitStart => before == Before.UnitStart,
        AssertKind.UnitEnd => next == UnitEnd,
        AssertKind.LineStart => before is Before.UnitStart or Before.Newline,
        AssertKind.LineEnd => next is UnitEnd or '\n',
        AssertKind.WordBoundary => IsBoundary(before, next),
        _ => !IsBoundary(before, next),
    };

    private static bool IsBoundary(Before before, int next) =>
        (before == Before.Word) != (next != UnitEnd && ByteClasses.Word.Contains((byte)next));
}
