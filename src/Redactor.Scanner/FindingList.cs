namespace Redactor.Scanning;

/// <summary>A list of findings that is filled again and again without allocating. Not thread-safe.</summary>
public sealed class FindingList
{
    private Finding[] items = new Finding[16];

    /// <summary>How many findings there are.</summary>
    public int Count { get; private set; }

    /// <summary>The findings of one unit, ascending by start, then by priority; those of different rules may overlap.</summary>
    public ReadOnlySpan<Finding> Items => items.AsSpan(0, Count);

    /// <summary>Forgets all findings and keeps the storage.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a finding at the end; the scanner sorts when a unit is done.</summary>
    public void Add(Finding finding)
    {
        if (Count == items.Length)
        {
            Array.Resize(ref items, items.Length * 2);
        }

        items[Count++] = finding;
    }

    /// <summary>Matches come by their starts, and only values lie behind those at different distances.</summary>
    internal void Sort() => NearlySorted.Sort<Finding, ByStart>(items.AsSpan(0, Count));

    private readonly struct ByStart : IOrder<Finding>
    {
        public static bool Precedes(Finding a, Finding b) =>
            a.Start != b.Start ? a.Start < b.Start : a.Rule != b.Rule ? a.Rule < b.Rule : a.Length < b.Length;
    }
}
