using System.Buffers;
using Microsoft.Data.Sqlite;

namespace Redactor.Forward.Queue;

/// <summary>Reads batches for all lanes over one connection. Thread-safe; each read is short, so that checkpoints find their moment.</summary>
internal sealed class QueueReader : IDisposable
{
    private const int PayloadColumn = 6;

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly SqliteCommand next;

    public QueueReader(QueueFile file)
    {
        connection = file.Open();
        next = connection.Prepare(
            """
            SELECT number, batch.id, encoding, received, checksum, envelope, payload FROM delivery JOIN batch ON batch.id = delivery.batch
            WHERE exporter = $exporter AND delivery.signal = $signal AND number > $after ORDER BY number LIMIT 1
            """,
            "$exporter", "$signal", "$after");
    }

    /// <summary>The first batch of a lane behind the number <paramref name="after"/>; null if there is none.</summary>
    /// <exception cref="SqliteException">The file can't be read.</exception>
    public QueuedBatch? Next(LaneKey lane, long after)
    {
        lock (gate)
        {
            using var row = next.With(lane.Exporter, (int)lane.Signal, after).ExecuteReader();
            if (!row.Read())
            {
                return null;
            }

            byte[]? envelope = row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5);
            var found = new QueuedRow(
                row.GetInt64(0), row.GetInt64(1), lane.Signal, (PayloadEncoding)row.GetInt64(2), Time(row.GetInt64(3)), (uint)row.GetInt64(4), envelope);
            int size = (int)row.GetBytes(PayloadColumn, 0, null, 0, 0);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
            row.GetBytes(PayloadColumn, 0, buffer, 0, size);
            return new QueuedBatch(found, buffer, size);
        }
    }

    /// <summary>A time that was changed on disk must not keep its batch from being delivered.</summary>
    private static DateTimeOffset Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    public void Dispose()
    {
        next.Dispose();
        connection.Dispose();
    }
}
