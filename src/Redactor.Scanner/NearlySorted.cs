namespace Redactor.Scanning;

/// <summary>Which of two items comes first.</summary>
internal interface IOrder<in T>
{
    /// <summary>Whether <paramref name="a"/> comes before <paramref name="b"/>.</summary>
    static abstract bool Precedes(T a, T b);
}

/// <summary>Sorts what is nearly in order by moving single items, as long as there are few to go before; else as everything is sorted.</summary>
internal static class NearlySorted
{
    /// <summary>Moving costs less than sorting up to about so many moves an item.</summary>
    private const int MovesPerItem = 8;

    /// <summary>Sorts <paramref name="items"/> in place.</summary>
    public static void Sort<T, TOrder>(Span<T> items)
        where TOrder : struct, IOrder<T>
    {
        int moves = MovesPerItem * items.Length;
        for (int i = 1; i < items.Length; i++)
        {
            T item = items[i];
            int to = i;
            for (; to > 0 && TOrder.Precedes(item, items[to - 1]); to--)
            {
                items[to] = items[to - 1];
                if (--moves < 0)
                {
                    items[to - 1] = item;
                    items.Sort(static (a, b) => TOrder.Precedes(a, b) ? -1 : TOrder.Precedes(b, a) ? 1 : 0);
                    return;
                }
            }

            items[to] = item;
        }
    }
}
