using System.Collections.Immutable;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// A short sequence of byte sets that occurs in every match of some rule: <c>[pP][iI][nN]</c>, <c>ghp_</c>, nine digits.
/// Immutable; two atoms of the same sets are equal.
/// </summary>
internal sealed class Atom : IEquatable<Atom>
{
    /// <summary>The greatest number of positions: what the filter verifies with one 256-bit comparison.</summary>
    public const int MaxLength = 32;

    /// <summary>Creates an atom of 1 to <see cref="MaxLength"/> sets, none of them empty.</summary>
    public Atom(params ReadOnlySpan<ByteSet> sets)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sets.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sets.Length, MaxLength);
        foreach (ByteSet set in sets)
        {
            if (set.IsEmpty)
            {
                throw new ArgumentException("A position without bytes can't occur in any text.", nameof(sets));
            }
        }

        Sets = [.. sets];
    }

    /// <summary>
    /// Whether only occurrences at the start of a word count (<see cref="WordStart"/>): every rule that needs the atom has <c>\b</c> before it.
    /// Runs of digits and identifiers then count once, not at each of their bytes.
    /// </summary>
    public bool AtWordStart { get; init; }

    /// <summary>Which bytes each position admits.</summary>
    public ImmutableArray<ByteSet> Sets { get; }

    /// <summary>Number of positions, that is of bytes in an occurrence.</summary>
    public int Length => Sets.Length;

    /// <inheritdoc/>
    public bool Equals(Atom? other) => other is not null && AtWordStart == other.AtWordStart && Sets.AsSpan().SequenceEqual(other.Sets.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Atom);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (ByteSet set in Sets)
        {
            hash.Add(set);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => (AtWordStart ? "\\b" : "") + string.Concat(Sets);
}
