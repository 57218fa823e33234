using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Redactor.Forward.Queue;

/// <summary>
/// The one thread that changes the file: takes what has come meanwhile, does it in one transaction, and tells those who wait (group commit).
/// What can't be written is refused to senders; what was delivered is remembered until it can be taken out.
/// </summary>
internal sealed class QueueWriter : IDisposable
{
    /// <summary>A group ends at so many changes or bytes: 512, or 4 MiB, which commits in some tens of milliseconds.</summary>
    private const int MaxGroupCount = 512;
    private const int MaxGroupBytes = 4 * 1024 * 1024;

    /// <summary>How long deliveries alone wait for company: nobody waits for them, and each commit costs a sync.</summary>
    private static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(20);

    /// <summary>How often to look whether the command has sent dead letters again.</summary>
    private static readonly TimeSpan IdlePause = TimeSpan.FromSeconds(2);

    private readonly QueueFile file;
    private readonly QueueTotals totals;
    private readonly Action onNews;
    private readonly QueueLog log;
    private readonly BlockingCollection<QueueChange> changes = [];
    private readonly Thread thread;
    private volatile string? trouble;

    /// <param name="file">A file that can be used.</param>
    /// <param name="totals">What is in it; kept up to date.</param>
    /// <param name="onNews">Called when there may be batches to deliver.</param>
    /// <param name="log">Told when writing fails and works again.</param>
    public QueueWriter(QueueFile file, QueueTotals totals, Action onNews, QueueLog log)
    {
        this.file = file;
        this.totals = totals;
        this.onNews = onNews;
        this.log = log;
        thread = new Thread(Run) { Name = "queue writer", IsBackground = true };
        thread.Start();
    }

    /// <summary>Why nothing can be written now, in our words; null if all is well.</summary>
    public string? Trouble => trouble;

    /// <summary>Writes a batch. Ends when the payload is not read any more.</summary>
    /// <returns>Whether it is on disk.</returns>
    public Task<bool> AppendAsync(RedactedPayload payload, DateTimeOffset received, IReadOnlyList<string> exporters)
    {
        var written = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        changes.Add(new QueueChange.Append(payload, received, exporters, written));
        return written.Task;
    }

    /// <summary>Does a change for which nobody waits, as soon as that is possible.</summary>
    public void Post(QueueChange change) => changes.Add(change);

    /// <summary>Does what was asked for so far, and ends.</summary>
    public void Dispose()
    {
        changes.CompleteAdding();
        thread.Join();
        changes.Dispose();
    }

    private void Run()
    {
        using var connection = file.Open();
        using var rows = new QueueRows(connection);
        long version = 0;
        var group = new List<QueueChange>();
        while (!changes.IsCompleted)
        {
            Gather(group);
            if (group.Count > 0)
            {
                Commit(rows, group);
            }

            LookForNews(connection, ref version);
        }
    }

    /// <summary>Counts anew after the command has changed the file.</summary>
    private void LookForNews(SqliteConnection connection, ref long version)
    {
        try
        {
            // Changes by every commit of another connection, never by our own.
            if (connection.Number("PRAGMA data_version") is var current && current != version)
            {
                totals.Reset(QueueCount.Of(connection));
                version = current;
                onNews();
            }
        }
        catch (SqliteException e)
        {
            Fail(e);
        }
    }

    /// <summary>Adds what is there, waiting for the first if <paramref name="group"/> holds nothing from before.</summary>
    private void Gather(List<QueueChange> group)
    {
        bool urgent = false;
        long bytes = 0;
        for (var pause = IdlePause; bytes < MaxGroupBytes && group.Count < MaxGroupCount && changes.TryTake(out var change, pause); pause = urgent ? TimeSpan.Zero : SettlePause)
        {
            group.Add(change);
            if (change is QueueChange.Append append)
            {
                urgent = true;
                bytes += append.Payload.Bytes.Length;
            }
        }
    }

    /// <summary>Does the changes of <paramref name="group"/> and leaves in it those that have to be done yet.</summary>
    private void Commit(QueueRows rows, List<QueueChange> group)
    {
        bool done = TryCommit(rows, group);
        foreach (var append in group.OfType<QueueChange.Append>())
        {
            totals.Release(append.Payload.Bytes.Length);
            append.Written.SetResult(done);
        }

        group.RemoveAll(change => done || change is QueueChange.Append);
    }

    private bool TryCommit(QueueRows rows, List<QueueChange> group)
    {
        try
        {
            totals.Add(rows.Commit(group));
        }
        catch (SqliteException e)
        {
            Fail(e);
            return false;
        }

        if (trouble is not null)
        {
            trouble = null;
            log.Recovered();
        }

        if (group.Exists(change => change is QueueChange.Append))
        {
            onNews();
        }

        return true;
    }

    private void Fail(SqliteException e)
    {
        trouble = Describe(e);
        log.Trouble(trouble);
    }

    private static string Describe(SqliteException e) => e.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL => "the disk is full",
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => "its file is damaged, which a restart sets aside",
        _ => $"its file can't be written (SQLite error {e.SqliteExtendedErrorCode})",
    };
}
