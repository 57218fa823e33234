namespace Redactor.Receive.Kafka;

/// <summary>Counts records, and their bytes, that were consumed and are not done yet. Thread-safe.</summary>
/// <param name="total">Counts them too; null for none.</param>
internal sealed class Backlog(Backlog? total)
{
    private long records;
    private long bytes;

    public long Records => Interlocked.Read(ref records);

    public long Bytes => Interlocked.Read(ref bytes);

    public void Add(int size) => Change(1, size);

    public void Remove(int size) => Change(-1, -size);

    private void Change(int count, int size)
    {
        Interlocked.Add(ref records, count);
        Interlocked.Add(ref bytes, size);
        total?.Change(count, size);
    }
}
