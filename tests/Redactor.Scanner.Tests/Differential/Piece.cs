namespace Redactor.Scanning.Tests.Differential;

/// <summary>An expression as the tests make it up: it can be written for RE2 and for .NET, and imitated by text that it matches.</summary>
internal abstract record Piece
{
    /// <summary>One character that stands for itself.</summary>
    internal sealed record Literal(int Rune) : Piece;

    /// <summary>A class: how RE2 writes it, and which code points that means before <paramref name="Negated"/> and the flag i.</summary>
    internal sealed record Set(string Source, bool Negated, params (int First, int Last)[] Ranges) : Piece
    {
        internal bool Contains(int rune, bool ignoreCase) =>
            (Has(rune) || (ignoreCase && rune < 0x80 && char.IsAsciiLetter((char)rune) && Has(rune ^ 0x20))) != Negated;

        private bool Has(int rune) => Array.Exists(Ranges, r => rune >= r.First && rune <= r.Last);
    }

    /// <summary><c>.</c></summary>
    internal sealed record Any : Piece;

    /// <summary>A condition of no width, as RE2 writes it.</summary>
    internal sealed record Condition(string Source) : Piece;

    /// <summary>One after the other.</summary>
    internal sealed record Sequence(params Piece[] Items) : Piece;

    /// <summary>One of several.</summary>
    internal sealed record Choice(params Piece[] Items) : Piece;

    /// <summary>A repeat; no greatest count is -1.</summary>
    internal sealed record Repeat(Piece Item, int Min, int Max, bool Lazy) : Piece;

    /// <summary>A group that captures.</summary>
    internal sealed record Capture(Piece Item) : Piece;

    /// <summary>Flags inside a group: <c>(?i:...)</c>, <c>(?-s:...)</c>.</summary>
    internal sealed record Flagged(Piece Item, char Flag, bool On) : Piece;

    /// <summary>Whether the piece can match nothing at all.</summary>
    internal bool CanBeEmpty => this switch
    {
        Condition => true,
        Sequence s => s.Items.All(i => i.CanBeEmpty),
        Choice c => c.Items.Any(i => i.CanBeEmpty),
        Repeat r => r.Min == 0 || r.Item.CanBeEmpty,
        Capture c => c.Item.CanBeEmpty,
        Flagged f => f.Item.CanBeEmpty,
        _ => false,
    };

    /// <summary>The greatest product of counts of repeats inside repeats.</summary>
    internal long Turns => (this is Repeat r ? Math.Max(1, Math.Max(r.Min, r.Max)) : 1) * Inside.Select(i => i.Turns).DefaultIfEmpty(1).Max();

    /// <summary>How many characters, classes and conditions there are when all repeats are written out.</summary>
    internal long Parts => (this is Repeat r ? Math.Max(1, Math.Max(r.Min, r.Max)) : 1) * (Inside.Length == 0 ? 1 : Inside.Sum(i => i.Parts));

    /// <summary>The pieces directly inside.</summary>
    internal Piece[] Inside => this switch
    {
        Sequence s => s.Items,
        Choice c => c.Items,
        Repeat r => [r.Item],
        Capture c => [c.Item],
        Flagged f => [f.Item],
        _ => [],
    };

    /// <summary>This piece and everything inside it.</summary>
    internal IEnumerable<Piece> All => Inside.SelectMany(p => p.All).Prepend(this);
}
