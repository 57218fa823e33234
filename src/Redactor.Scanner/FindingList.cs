namespace Redactor.Scanning;

/// <summary>A list of findings that is filled again and again without allocating. Not thread-safe.</summary>
public sealed class FindingList
{
    /// <summary>Moving costs less than sorting up to about so many moves a finding.</summary>
    private const int MovesPerFinding = 8;

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

    /// <summary>Sorts what is nearly in order: matches come by their starts, and only values lie behind those at different distances.</summary>
    internal void Sort()
    {
        int moves = MovesPerFinding * Count;
        for (int i = 1; i < Count; i++)
        {
            Finding finding = items[i];
            int to = i;
            for (; to > 0 && Compare(items[to - 1], finding) > 0; to--)
            {
                items[to] = items[to - 1];
                if (--moves < 0)
                {
                    items[to - 1] = finding;
                    items.AsSpan(0, Count).Sort(Compare);
                    return;
                }
            }

            items[to] = finding;
        }
    }

    private static int Compare(Finding a, Finding b) =>
        a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Rule != b.Rule ? a.Rule.CompareTo(b.Rule) : a.Length.CompareTo(b.Length);
}
