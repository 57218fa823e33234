namespace Redactor;

/// <summary>Where an item of an ascending list lies.</summary>
/// <typeparam name="T">The items.</typeparam>
internal interface IPlace<T>
{
    /// <summary>The place of <paramref name="item"/>.</summary>
    static abstract int Of(in T item);
}

/// <summary>Lists in ascending order of places, searched by halves.</summary>
internal static class Ascending
{
    /// <summary>How many items lie at or before <paramref name="position"/>, and so the index of the first that lies behind it.</summary>
    public static int CountUpTo<T, TPlace>(ReadOnlySpan<T> items, int position)
        where TPlace : struct, IPlace<T>
    {
        int low = 0, high = items.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = TPlace.Of(items[middle]) <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
