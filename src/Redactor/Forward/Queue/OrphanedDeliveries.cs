using Microsoft.Data.Sqlite;

namespace Redactor.Forward.Queue;

/// <summary>Batches for a backend that is no longer configured, or no longer for their signal: nobody would ever settle them.</summary>
internal static class OrphanedDeliveries
{
    /// <summary>Makes dead letters of them, whatever room there is: they take no more than before.</summary>
    public static void Bury(SqliteConnection connection, IReadOnlyDictionary<Signal, IReadOnlyList<string>> exporters, QueueLog log, TimeProvider time)
    {
        foreach (var (lane, amount) in QueueCount.Of(connection).Lanes.Where(l => !exporters.GetValueOrDefault(l.Key.Signal, []).Contains(l.Key.Exporter)))
        {
            using var transaction = connection.BeginTransaction();
            using var insert = connection.Prepare(
                """
                INSERT INTO dead_letter (exporter, batch, died, reason)
                SELECT exporter, batch, $died, 'the configuration does not name this exporter for this signal any more' FROM delivery
                WHERE exporter = $exporter AND signal = $signal ORDER BY number
                """,
                "$died", "$exporter", "$signal");
            insert.Transaction = transaction;
            insert.With(time.GetUtcNow().ToUnixTimeMilliseconds(), lane.Exporter, (int)lane.Signal).ExecuteNonQuery();
            using var delete = connection.Prepare("DELETE FROM delivery WHERE exporter = $exporter AND signal = $signal", "$exporter", "$signal");
            delete.Transaction = transaction;
            delete.With(lane.Exporter, (int)lane.Signal).ExecuteNonQuery();
            transaction.Commit();
            log.Orphaned(amount.Count, lane.Exporter, lane.Signal);
        }
    }
}
