namespace Redactor.Scanning.Automata;

/// <summary>What stands before a place, as far as conditions can tell.</summary>
internal enum Before : byte
{
    /// <summary>A byte that is no part of a word.</summary>
    Other,

    /// <summary>A letter, digit or underscore.</summary>
    Word,

    /// <summary>A line feed.</summary>
    Newline,

    /// <summary>Nothing: the unit starts here.</summary>
    UnitStart,
}

internal static class BeforeExtensions
{
    internal static Before Of(byte value) => value == (byte)'\n' ? Before.Newline : ByteClasses.Word.Contains(value) ? Before.Word : Before.Other;
}
