using Microsoft.Data.Sqlite;

namespace Redactor.Forward.Queue;

/// <summary>The statements by which the writer changes a file. Not safe to share between threads.</summary>
internal sealed class QueueRows : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insertBatch;
    private readonly SqliteCommand insertDelivery;
    private readonly SqliteCommand deleteDelivery;
    private readonly SqliteCommand insertDeadLetter;
    private readonly SqliteCommand isSettled;
    private readonly SqliteCommand deleteBatch;
    private readonly SqliteCommand[] all;

    public QueueRows(SqliteConnection connection)
    {
        this.connection = connection;
        insertBatch = connection.Prepare(
            "INSERT INTO batch (signal, encoding, received, size, checksum, envelope, payload) VALUES ($signal, $encoding, $received, $size, $checksum, $envelope, zeroblob($size)) RETURNING id",
            "$signal", "$encoding", "$received", "$size", "$checksum", "$envelope");
        insertDelivery = connection.Prepare("INSERT INTO delivery (exporter, signal, batch) VALUES ($exporter, $signal, $batch)", "$exporter", "$signal", "$batch");
        deleteDelivery = connection.Prepare("DELETE FROM delivery WHERE number = $number", "$number");
        insertDeadLetter = connection.Prepare(
            "INSERT INTO dead_letter (exporter, batch, died, reason) VALUES ($exporter, $batch, $died, $reason)", "$exporter", "$batch", "$died", "$reason");
        isSettled = connection.Prepare("SELECT NOT EXISTS (SELECT 1 FROM delivery WHERE batch = $batch)", "$batch");
        deleteBatch = connection.Prepare("DELETE FROM batch WHERE id = $batch AND NOT EXISTS (SELECT 1 FROM dead_letter WHERE batch = $batch)", "$batch");
        all = [insertBatch, insertDelivery, deleteDelivery, insertDeadLetter, isSettled, deleteBatch];
    }

    /// <summary>Does <paramref name="changes"/> in one transaction, all or none.</summary>
    /// <returns>How they changed the contents.</returns>
    /// <exception cref="SqliteException">None was done.</exception>
    public QueueTotals.Contents Commit(IEnumerable<QueueChange> changes)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var command in all)
        {
            command.Transaction = transaction;
        }

        var difference = new QueueTotals.Contents();
        foreach (var change in changes)
        {
            Apply(change, difference);
        }

        transaction.Commit();
        return difference;
    }

    public void Dispose()
    {
        foreach (var command in all)
        {
            command.Dispose();
        }
    }

    private void Apply(QueueChange change, QueueTotals.Contents difference)
    {
        switch (change)
        {
            case QueueChange.Append append:
                Append(append, difference);
                break;
            case QueueChange.Settle settle when TakeOut(settle, difference):
                DeleteIfSettled(settle, difference);
                break;
            case QueueChange.Bury bury when TakeOut(bury.Delivery, difference):
                Bury(bury, difference);
                DeleteIfSettled(bury.Delivery, difference);
                break;
            default:
                break; // Settled before: a commit whose success could not be told was done again.
        }
    }

    private void Append(QueueChange.Append append, QueueTotals.Contents difference)
    {
        long batch = InsertBatch(append.Payload, append.Received);
        difference.QueuedBytes += append.Payload.Bytes.Length;
        foreach (string exporter in append.Exporters)
        {
            insertDelivery.With(exporter, (int)append.Payload.Signal, batch).ExecuteNonQuery();
            difference.AddTo(new LaneKey(exporter, append.Payload.Signal), new Amount(1, append.Payload.Bytes.Length));
        }
    }

    private void Bury(QueueChange.Bury bury, QueueTotals.Contents difference)
    {
        if (bury.Parts.Count == 0)
        {
            Bury(bury, bury.Delivery.Batch, bury.Delivery.Size, difference);
        }

        foreach (var part in bury.Parts)
        {
            Bury(bury, InsertBatch(part, bury.Received), part.Bytes.Length, difference);
        }
    }

    private void Bury(QueueChange.Bury bury, long batch, int size, QueueTotals.Contents difference)
    {
        insertDeadLetter.With(bury.Delivery.Lane.Exporter, batch, bury.Died.ToUnixTimeMilliseconds(), bury.Reason).ExecuteNonQuery();
        difference.AddToDead(bury.Delivery.Lane.Exporter, new Amount(1, size));
    }

    private bool TakeOut(QueueChange.Settle settle, QueueTotals.Contents difference)
    {
        if (deleteDelivery.With(settle.Number).ExecuteNonQuery() == 0)
        {
            return false;
        }

        difference.AddTo(settle.Lane, new Amount(-1, -settle.Size));
        return true;
    }

    private void DeleteIfSettled(QueueChange.Settle settle, QueueTotals.Contents difference)
    {
        if (isSettled.With(settle.Batch).ExecuteScalar() is 1L)
        {
            difference.QueuedBytes -= settle.Size;
            deleteBatch.With(settle.Batch).ExecuteNonQuery();
        }
    }

    private long InsertBatch(RedactedPayload payload, DateTimeOffset received)
    {
        var bytes = payload.Bytes.Span;
        byte[]? envelope = QueuedBatch.Write(payload.Envelope);
        var id = (long)insertBatch.With(
            (int)payload.Signal,
            (int)payload.Encoding,
            received.ToUnixTimeMilliseconds(),
            bytes.Length,
            (long)Crc32C.Of(payload.Signal, payload.Encoding, bytes, envelope),
            (object?)envelope ?? DBNull.Value).ExecuteScalar()!;
        using var blob = new SqliteBlob(connection, "batch", "payload", id);
        blob.Write(bytes);
        return id;
    }
}
