namespace Redactor.Receive.Bodies;

/// <summary>Counts the bytes of all request buffers against one limit. Safe to share between threads.</summary>
/// <param name="limit">Greatest sum in bytes.</param>
internal sealed class InFlightBytes(long limit)
{
    private long current;

    /// <summary>Bytes reserved now.</summary>
    public long Current => Interlocked.Read(ref current);

    /// <summary>Reserves <paramref name="count"/> bytes, or none if that would exceed the limit.</summary>
    public bool TryReserve(int count)
    {
        if (Interlocked.Add(ref current, count) <= limit)
        {
            return true;
        }

        Interlocked.Add(ref current, -count);
        return false;
    }

    public void Release(int count) => Interlocked.Add(ref current, -count);
}
