using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Redactor.Forward.Queue;

/// <summary>The file of a queue: opened, checked, set aside where it can't be used.</summary>
/// <param name="directory">Where it is.</param>
/// <param name="synchronous">What a commit survives.</param>
internal sealed class QueueFile(string directory, QueueSynchronous synchronous)
{
    private const string Name = "queue.db";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What belongs to a database in WAL mode besides itself.</summary>
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    /// <summary>Greatest size of SQLite's page cache of a connection in KiB: 4 MiB, one group of batches.</summary>
    private const int CacheKiB = 4 * 1024;

    /// <summary>Size in bytes to which the WAL is cut after a checkpoint: 16 MiB, some groups of batches.</summary>
    private const int MaxWalBytes = 16 * 1024 * 1024;

    private string Path => System.IO.Path.Combine(directory, Name);

    public bool Exists => File.Exists(Path);

    /// <summary>Makes the directory and takes its lock, which the operating system gives back when the process ends, however it ends.</summary>
    /// <exception cref="IOException">Another process holds it, or the directory can't be written.</exception>
    public FileStream Lock()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        }

        return OpenPrivate("lock", FileShare.None);
    }

    /// <summary>Makes sure that there is a file which can be used.</summary>
    /// <returns>The name under which an unusable file was set aside, and why; null if none was.</returns>
    /// <exception cref="IOException">The file can't be written or renamed.</exception>
    /// <exception cref="SqliteException">The file can't be written.</exception>
    public (string Name, string Reason)? Prepare(DateTimeOffset now)
    {
        if (Mistake() is not { } reason)
        {
            return null;
        }

        string aside = $"{Name}.aside-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}";
        foreach (string suffix in Suffixes.Where(s => File.Exists(Path + s)))
        {
            File.Move(Path + suffix, System.IO.Path.Combine(directory, aside + suffix));
        }

        CreateEmpty();
        using var connection = Open();
        QueueSchema.Create(connection);
        return (aside, reason);
    }

    /// <summary>A connection of its own.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
        connection.Open();
        connection.Execute($"PRAGMA synchronous = {(synchronous == QueueSynchronous.Full ? "FULL" : "NORMAL")}");
        connection.Execute($"PRAGMA cache_size = -{CacheKiB}; PRAGMA journal_size_limit = {MaxWalBytes}");
        return connection;
    }

    /// <summary>Why the file can't be used; null if it can, or could be begun.</summary>
    private string? Mistake()
    {
        CreateEmpty();
        try
        {
            using var connection = Open();
            if (QueueSchema.IsEmpty(connection))
            {
                QueueSchema.Create(connection);
            }

            return QueueSchema.Mistake(connection);
        }
        catch (SqliteException e) when (!IsOfTheSystem(e))
        {
            return e.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB ? "it is not a database" : "it is damaged";
        }
    }

    /// <summary>Whether an error tells of the disk, memory or another process, not of what the file holds.</summary>
    private static bool IsOfTheSystem(SqliteException e) => e.SqliteErrorCode is
        SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_NOMEM or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED;

    /// <summary>An empty file is an empty database; made here, so that nobody else may read it.</summary>
    private void CreateEmpty() => OpenPrivate(Name, FileShare.ReadWrite).Dispose();

    private FileStream OpenPrivate(string name, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(System.IO.Path.Combine(directory, name), options);
    }
}
