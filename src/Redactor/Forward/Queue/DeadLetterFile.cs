using Microsoft.Data.Sqlite;

namespace Redactor.Forward.Queue;

/// <summary>One dead letter, without its payload.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Exporter">Who did not get it.</param>
/// <param name="Signal">The signal.</param>
/// <param name="Size">The payload's length in bytes.</param>
/// <param name="Received">When the sender sent it.</param>
/// <param name="Died">When it was given up.</param>
/// <param name="Reason">Why, redacted.</param>
internal sealed record DeadLetter(long Id, string Exporter, Signal Signal, int Size, DateTimeOffset Received, DateTimeOffset Died, string Reason);

/// <summary>The dead letters of a queue, seen from outside the process that owns it: a running sidecar notices the changes within seconds.</summary>
internal sealed class DeadLetterFile : IDisposable
{
    private readonly SqliteConnection connection;

    private DeadLetterFile(SqliteConnection connection) => this.connection = connection;

    /// <summary>Opens the queue in a directory.</summary>
    /// <exception cref="QueueUnavailableException">There is none, or it can't be used.</exception>
    public static DeadLetterFile Open(QueueOptions options)
    {
        var file = new QueueFile(options.Directory, options.Synchronous);
        if (!file.Exists)
        {
            throw new QueueUnavailableException($"queue.directory {options.Directory} holds no queue; nothing has run with this configuration yet");
        }

        SqliteConnection? connection = null;
        try
        {
            connection = file.Open();
            if (QueueSchema.Mistake(connection) is { } mistake)
            {
                throw new QueueUnavailableException($"queue.directory {options.Directory}: its file can't be used, {mistake}; the next start of the sidecar sets it aside");
            }

            var opened = new DeadLetterFile(connection);
            connection = null;
            return opened;
        }
        catch (SqliteException e)
        {
            throw new QueueUnavailableException($"queue.directory {options.Directory}: its file can't be opened (SQLite error {e.SqliteExtendedErrorCode})");
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <summary>The dead letters of <paramref name="exporter"/>, or of all, oldest first.</summary>
    public IEnumerable<DeadLetter> List(string? exporter)
    {
        using var select = connection.Prepare(
            """
            SELECT dead_letter.id, exporter, signal, size, received, died, reason FROM dead_letter JOIN batch ON batch.id = dead_letter.batch
            WHERE $exporter = '' OR exporter = $exporter ORDER BY dead_letter.id
            """,
            "$exporter");
        using var row = select.With(exporter ?? "").ExecuteReader();
        while (row.Read())
        {
            yield return new DeadLetter(row.GetInt64(0), row.GetString(1), (Signal)row.GetInt32(2), row.GetInt32(3), Time(row.GetInt64(4)), Time(row.GetInt64(5)), row.GetString(6));
        }
    }

    /// <summary>Puts the dead letters of an exporter at the end of its queue, as new as if they came now.</summary>
    /// <returns>How many.</returns>
    public int Resend(string exporter, DateTimeOffset now) => Change(
        exporter,
        now,
        "UPDATE batch SET received = $now WHERE id IN (SELECT batch FROM dead_letter WHERE exporter = $exporter)",
        "INSERT INTO delivery (exporter, signal, batch) SELECT exporter, signal, batch FROM dead_letter JOIN batch ON batch.id = dead_letter.batch WHERE exporter = $exporter ORDER BY dead_letter.id",
        "DELETE FROM dead_letter WHERE exporter = $exporter");

    /// <summary>Deletes the dead letters of an exporter for good.</summary>
    /// <returns>How many.</returns>
    public int Discard(string exporter, DateTimeOffset now) => Change(
        exporter,
        now,
        "DELETE FROM dead_letter WHERE exporter = $exporter");

    public void Dispose() => connection.Dispose();

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>Runs the statements in one transaction, then deletes what nobody refers to any more.</summary>
    /// <returns>How many rows the last of <paramref name="statements"/> changed.</returns>
    private int Change(string exporter, DateTimeOffset now, params string[] statements)
    {
        using var transaction = connection.BeginTransaction();
        int changed = 0;
        foreach (string statement in statements)
        {
            using var command = connection.Prepare(statement, "$exporter", "$now");
            command.Transaction = transaction;
            changed = command.With(exporter, now.ToUnixTimeMilliseconds()).ExecuteNonQuery();
        }

        connection.Execute(
            """
            DELETE FROM batch WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.batch = batch.id)
            AND NOT EXISTS (SELECT 1 FROM dead_letter WHERE dead_letter.batch = batch.id)
            """,
            transaction);
        transaction.Commit();
        return changed;
    }
}
