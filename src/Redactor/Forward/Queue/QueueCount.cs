using Microsoft.Data.Sqlite;

namespace Redactor.Forward.Queue;

/// <summary>Counts what a file holds. Reads every row of three tables, no payload.</summary>
internal static class QueueCount
{
    public static QueueTotals.Contents Of(SqliteConnection connection)
    {
        var contents = new QueueTotals.Contents
        {
            QueuedBytes = connection.Number("SELECT sum(size) FROM batch WHERE EXISTS (SELECT 1 FROM delivery WHERE delivery.batch = batch.id)"),
        };
        using var lanes = connection.Prepare(
            "SELECT exporter, delivery.signal, count(*), sum(size) FROM delivery JOIN batch ON batch.id = delivery.batch GROUP BY exporter, delivery.signal").ExecuteReader();
        while (lanes.Read())
        {
            contents.AddTo(new LaneKey(lanes.GetString(0), (Signal)lanes.GetInt32(1)), new Amount(lanes.GetInt64(2), lanes.GetInt64(3)));
        }

        using var dead = connection.Prepare("SELECT exporter, count(*), sum(size) FROM dead_letter JOIN batch ON batch.id = dead_letter.batch GROUP BY exporter").ExecuteReader();
        while (dead.Read())
        {
            contents.AddToDead(dead.GetString(0), new Amount(dead.GetInt64(1), dead.GetInt64(2)));
        }

        return contents;
    }
}
