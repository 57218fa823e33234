namespace Redactor.Scanning.Expressions;

/// <summary>An expression as a tree, over bytes: characters beyond ASCII are already spelled out in UTF-8.</summary>
internal abstract record Node
{
    /// <summary>Matches nothing at no width.</summary>
    internal static readonly Node Empty = new Concat([]);

    /// <summary>Matches never.</summary>
    internal static readonly Node Never = new Bytes(ByteSet.Empty);

    /// <summary>One byte of a set.</summary>
    internal sealed record Bytes(ByteSet Set) : Node;

    /// <summary>
    /// One character beyond ASCII: a well-formed UTF-8 sequence, or the longest start of one that the text breaks off, or a byte
    /// that can't start one. So text that is not UTF-8 is counted as .NET's decoder counts it, each flaw one character: U+FFFD.
    /// </summary>
    internal sealed record NonAscii(bool FlawsOnly) : Node
    {
        internal static readonly NonAscii Any = new(false);
        internal static readonly NonAscii Flaw = new(true);
    }

    /// <summary>One after the other.</summary>
    internal sealed record Concat(IReadOnlyList<Node> Items) : Node;

    /// <summary>The first that leads to a match.</summary>
    internal sealed record Alternate(IReadOnlyList<Node> Items) : Node;

    /// <summary>From <paramref name="Min"/> to <paramref name="Max"/> times (<c>-1</c>: no end).</summary>
    internal sealed record Repeat(Node Item, int Min, int Max, bool Greedy) : Node;

    /// <summary>A group that captures, numbered from 1.</summary>
    internal sealed record Group(Node Item, int Index) : Node;

    /// <summary>A condition on the place between two bytes.</summary>
    internal sealed record Assert(AssertKind Kind) : Node;

    internal const int Unbounded = -1;
}

/// <summary>Conditions of no width. They see only the unit.</summary>
internal enum AssertKind
{
    /// <summary><c>\A</c>, and <c>^</c> without the flag m.</summary>
    UnitStart,

    /// <summary><c>\z</c>, and <c>$</c> without the flag m.</summary>
    UnitEnd,

    /// <summary><c>^</c> with the flag m.</summary>
    LineStart,

    /// <summary><c>$</c> with the flag m.</summary>
    LineEnd,

    /// <summary><c>\b</c>.</summary>
    WordBoundary,

    /// <summary><c>\B</c>.</summary>
    NotWordBoundary,
}
