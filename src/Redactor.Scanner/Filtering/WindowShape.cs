namespace Redactor.Scanning.Filtering;

/// <summary>What the positions of a window admit, as <see cref="TextStatistics"/> counts it.</summary>
internal sealed class WindowShape(ReadOnlyMemory<UInt128> symbols, int offset, float known)
{
    /// <summary>What passes the filter's tables, by position.</summary>
    public ReadOnlySpan<UInt128> Symbols => symbols.Span;

    /// <summary>Where in the atom the window starts.</summary>
    public int Offset => offset;

    /// <summary>The estimated share of positions that pass.</summary>
    public float Share { get; } = TextStatistics.Share(symbols.Span);

    /// <summary>What the texts that read like the window, and are no chance, cost besides.</summary>
    public float Known => known;
}
