namespace Redactor.Scanning.Filtering;

/// <summary>Sizes, in bytes, of what the filter works on at a time.</summary>
internal static class Block
{
    /// <summary>4 KiB: text, bitmaps and positions stay in a first-level cache of 32 KiB together, and each step's loop is long enough to pay for its start.</summary>
    public const int Length = 4096;

    /// <summary>How far behind a block its steps may read: a word of 64 bytes for runs that go on, which also covers the rest of an atom.</summary>
    public const int Lookahead = 64;

    /// <summary>How far before a block they may read: an atom's bytes before its window, and those before them that tell whether a word starts.</summary>
    public const int Lookbehind = Atom.MaxLength + WordStart.Lookbehind;

    /// <summary>Words of 64 bytes in the greatest block, the last: one that is too short to be followed by another.</summary>
    public const int MaxWords = (Length + Lookahead) / 64;
}
