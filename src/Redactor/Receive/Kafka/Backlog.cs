namespace Redactor.Receive.Kafka;

/// <summary>Counts records, and their bytes, that were consumed and are not done yet. Thread-safe.</summary>
/// <param name="total">Counts them too; null for none.</param>
internal sealed class Backlog(Backlog? total)
{
    private long records;
    private long bytes;

    /// <summary>Records that are not done.</summary>
    public long Records => Interlocked.Read(ref records);

    /// <summary>Bytes of those records in memory.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Counts a record of <paramref name="size"/> bytes that was consumed.</summary>
    public void Add(int size) => Change(1, size);

    /// <summary>Counts a record of <paramref name="size"/> bytes that is done.</summary>
    public void Remove(int size) => Change(-1, -size);

    private void Change(int count, int size)
    {
        Interlocked.Add(ref records, count);
        Interlocked.Add(ref bytes, size);
        total?.Change(count, size);
    }
}
