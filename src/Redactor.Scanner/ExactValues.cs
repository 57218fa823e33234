using Redactor.Scanning.Exact;

namespace Redactor.Scanning;

/// <summary>
/// Secrets that are known as such, hashed: made once, and then part of any number of scanners (<see cref="ScannerOptions.Values"/>). It keeps keyed hashes of the
/// values, never the values: whoever made the list can clear it as soon as this exists. Immutable.
/// </summary>
public sealed class ExactValues
{
    /// <summary>The bitmaps of fewer values stay in the nearer caches, and a pass over the text costs more than looking at more places in one.</summary>
    private const int SplitFrom = 5_000;

    /// <summary>Hashes <paramref name="values"/>. Of equal ones that of the first rule counts.</summary>
    /// <param name="values">The values. One of less than <see cref="ScanLimits.UnboundedExactLength"/> bytes that is not encoded is found only where it is no part of a longer word.</param>
    /// <exception cref="ArgumentException">A value is too short or too long; the message does not hold it.</exception>
    public ExactValues(IReadOnlyList<ExactValue> values)
    {
        foreach (ExactValue value in values)
        {
            if (value.Value.Length is < ScanLimits.MinExactLength or > ScanLimits.MaxMatchLength)
            {
                throw new ArgumentException(
                    $"an exact value has {ScanLimits.MinExactLength} to {ScanLimits.MaxMatchLength} bytes, this one {value.Value.Length}", nameof(values));
            }
        }

        // Sets of their own for the short ones: they are looked for at more places, which the others need not be.
        Sets = [.. values.GroupBy(value => (value.StandsAlone, IsShort: value.Value.Length < ScanLimits.UnboundedExactLength))
            .SelectMany(group => SplitByKind([.. group], group.Key.StandsAlone))];
        Count = Sets.Sum(set => set.Count);
        MaxRule = values.Select(value => value.Rule).DefaultIfEmpty(-1).Max();
    }

    /// <summary>How many different values there are.</summary>
    public int Count { get; }

    /// <summary>Whether <paramref name="value"/> is one of them.</summary>
    public bool Contains(ReadOnlySpan<byte> value)
    {
        foreach (ValueSet set in Sets)
        {
            if (set.Contains(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>None to nine sets that are searched for one after the other.</summary>
    internal IReadOnlyList<ValueSet> Sets { get; }

    /// <summary>The last of the rules that have values; -1 if there are no values.</summary>
    internal int MaxRule { get; }

    /// <summary>Sets of their own for those that are not made like words too, if there are many.</summary>
    private static IEnumerable<ValueSet> SplitByKind(ExactValue[] values, bool standAlone) =>
        values.GroupBy(value => values.Length < SplitFrom ? 0 : ValueSet.KindOf(value.Value.Span)).Select(kind => new ValueSet([.. kind], standAlone));
}
