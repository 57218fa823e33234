namespace Redactor;

/// <summary>
/// Counts the bytes of all requests in memory, as they came and as they were redacted, against one limit. Thread-safe.
/// </summary>
/// <param name="limit">Greatest sum in bytes.</param>
public sealed class InFlightBytes(long limit)
{
    /// <summary>Once something found no room, an eighth of the limit has to be free before more is worth beginning: half a request that is then refused was read in vain.</summary>
    private readonly long reopens = limit - limit / 8;

    private long current;
    private volatile bool full;

    /// <summary>Bytes reserved now.</summary>
    public long Current => Interlocked.Read(ref current);

    /// <summary>Whether a new request would probably find no room.</summary>
    public bool IsFull => full && (full = Current > reopens);

    /// <summary>Reserves <paramref name="count"/> bytes, or none if that would exceed the limit.</summary>
    public bool TryReserve(int count)
    {
        if (Interlocked.Add(ref current, count) <= limit)
        {
            return true;
        }

        Release(count);
        full = true;
        return false;
    }

    /// <summary>Gives back <paramref name="count"/> reserved bytes.</summary>
    public void Release(int count) => Interlocked.Add(ref current, -count);
}
