using Microsoft.Data.Sqlite;

namespace Redactor.Forward.Queue;

/// <summary>The tables of a queue file, as README.md describes them.</summary>
internal static class QueueSchema
{
    /// <summary>"RDKQ": tells our files from others'.</summary>
    private const long ApplicationId = 0x52444B51;

    private const long Version = 1;

    /// <summary>Of SQLite's pages in bytes: a payload of 64 KiB takes 4 of them instead of 16. SQLite allows 512 to 65536.</summary>
    private const int PageSize = 16 * 1024;

    private const string Tables = """
        CREATE TABLE batch (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            signal INTEGER NOT NULL,
            encoding INTEGER NOT NULL,
            received INTEGER NOT NULL,
            size INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            envelope BLOB,
            payload BLOB NOT NULL);
        CREATE TABLE delivery (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            exporter TEXT NOT NULL,
            signal INTEGER NOT NULL,
            batch INTEGER NOT NULL REFERENCES batch (id));
        CREATE INDEX delivery_lane ON delivery (exporter, signal, number);
        CREATE INDEX delivery_batch ON delivery (batch);
        CREATE TABLE dead_letter (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            exporter TEXT NOT NULL,
            batch INTEGER NOT NULL REFERENCES batch (id),
            died INTEGER NOT NULL,
            reason TEXT NOT NULL);
        CREATE INDEX dead_letter_batch ON dead_letter (batch);
        """;

    /// <summary>Makes the tables in a database that has none.</summary>
    public static void Create(SqliteConnection connection)
    {
        connection.Execute($"PRAGMA page_size = {PageSize}");
        connection.Execute("PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction();
        connection.Execute($"{Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};", transaction);
        transaction.Commit();
    }

    public static bool IsEmpty(SqliteConnection connection) => connection.Number("SELECT count(*) FROM sqlite_schema") == 0;

    /// <summary>Why a file can't be used, in words; null if it is one of ours, of this version and whole.</summary>
    public static string? Mistake(SqliteConnection connection)
    {
        if (connection.Number("PRAGMA application_id") != ApplicationId)
        {
            return "it is not a queue of ours";
        }

        if (connection.Number("PRAGMA user_version") is var version && version != Version)
        {
            return $"its format is version {version}, this build knows {Version}";
        }

        return Statements(connection) == Expected() && connection.Text("PRAGMA integrity_check(1)") == "ok" ? null : "it is damaged";
    }

    /// <summary>How SQLite writes down the tables that this build makes.</summary>
    private static string Expected()
    {
        using var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        memory.Execute(Tables);
        return Statements(memory);
    }

    private static string Statements(SqliteConnection connection) => connection.Text("SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)");
}
