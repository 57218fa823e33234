namespace Redactor.Locate;

/// <summary>What one of the <see cref="UnitTexts"/> is.</summary>
public enum UnitKind : byte
{
    /// <summary>Text, or bytes that may be text.</summary>
    Text,

    /// <summary>The key of an attribute that is not known to be harmless.</summary>
    Name,

    /// <summary>Not a text, but a place that has to be located whatever the texts around it hold.</summary>
    Place,
}

/// <summary>One unit of a payload in <see cref="UnitTexts"/>.</summary>
/// <param name="Start">Where it starts in the payload.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="PlainStart">Where it starts in <see cref="UnitTexts.Plain"/>.</param>
/// <param name="HasEscapes">Whether there are escapes in it.</param>
/// <param name="LeavesBackslash">Whether there are backslashes in <see cref="UnitTexts.Plain"/>.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct UnitText(int Start, int Length, int PlainStart, bool HasEscapes, bool LeavesBackslash, UnitKind Kind)
{
    /// <summary>Offset in the payload behind its last byte.</summary>
    public int End => Start + Length;
}
