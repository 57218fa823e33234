using System.Runtime.CompilerServices;

namespace Redactor.Scanning;

/// <summary>A list of candidates in ascending order of position that is filled again and again without allocating. Not thread-safe.</summary>
public sealed class CandidateList
{
    private Candidate[] items = new Candidate[256];
    private Candidate[] spare = new Candidate[64];

    /// <summary>How many candidates there are.</summary>
    public int Count { get; private set; }

    /// <summary>The candidates, in ascending order of position.</summary>
    public ReadOnlySpan<Candidate> Items => items.AsSpan(0, Count);

    /// <summary>Forgets all candidates and keeps the storage.</summary>
    public void Clear() => Count = 0;

    /// <summary>Index of the first candidate at or behind <paramref name="position"/>; <see cref="Count"/> if there is none.</summary>
    public int IndexAtOrAfter(int position) => IndexAtOrAfter(Items, position);

    /// <summary>As <see cref="IndexAtOrAfter(int)"/>, of a part of a list.</summary>
    internal static int IndexAtOrAfter(ReadOnlySpan<Candidate> items, int position)
    {
        int low = 0, high = items.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (items[middle].Position < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Adds a candidate at the end, which must not lie before the last one.</summary>
    /// <exception cref="TooDenseException">There are <see cref="ScanLimits.MaxCandidates"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int position, int atom)
    {
        if (Count == items.Length)
        {
            Grow(Count + 1);
        }

        items[Count++] = new Candidate(position, atom);
    }

    /// <summary>Adds a candidate behind those that come before it by position, then by atom; of those from <paramref name="first"/> on the rest move up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Insert(int first, int position, int atom)
    {
        Add(position, atom);
        for (int i = Count - 1; i > first && Precedes(items[i], items[i - 1]); i--)
        {
            (items[i - 1], items[i]) = (items[i], items[i - 1]);
        }
    }

    /// <exception cref="TooDenseException">There would be more than <see cref="ScanLimits.MaxCandidates"/>.</exception>
    private void Grow(int count)
    {
        if (count > ScanLimits.MaxCandidates)
        {
            throw new TooDenseException();
        }

        Array.Resize(ref items, Math.Min(ScanLimits.MaxCandidates, Math.Max(count, items.Length * 2)));
    }

    private static bool Precedes(Candidate a, Candidate b) =>
        a.Position != b.Position ? a.Position < b.Position : a.Atom < b.Atom;

    /// <summary>Merges the candidates from <paramref name="tail"/> on, which are in order, into those from <paramref name="first"/> on, which are too.</summary>
    internal void MergeFrom(int tail, int first)
    {
        int count = Count - tail;
        if (count == 0 || tail == first || Precedes(items[tail - 1], items[tail]))
        {
            return;
        }

        if (spare.Length < count)
        {
            spare = new Candidate[Math.Max(count, 2 * spare.Length)];
        }

        items.AsSpan(tail, count).CopyTo(spare);
        for (int to = Count - 1, own = tail - 1, other = count - 1; other >= 0; to--)
        {
            items[to] = own >= first && Precedes(spare[other], items[own]) ? items[own--] : spare[other--];
        }
    }

    /// <summary>Takes all of another list in, in order.</summary>
    internal void Merge(CandidateList other)
    {
        int own = Count - 1, others = other.Count - 1;
        Count += other.Count;
        if (Count > items.Length)
        {
            Grow(Count);
        }

        // From the end, where there is room.
        for (int to = Count - 1; others >= 0; to--)
        {
            items[to] = own >= 0 && Precedes(other.items[others], items[own]) ? items[own--] : other.items[others--];
        }
    }
}
