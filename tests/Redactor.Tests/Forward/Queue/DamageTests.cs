using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Redactor.Forward.Queue;
using static Redactor.Tests.Forward.Queue.QueueTesting;

namespace Redactor.Tests.Forward.Queue;

/// <summary>Files as a crash, a bad disk or a stranger may leave them.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Batches = 40;

    /// <summary>Each case opens a queue, which costs some writes to the disk.</summary>
    private static readonly Config Few = Config.QuickThrowOnFailure.WithMaxTest(25);

    private readonly QueueTesting testing = new();

    public void Dispose() => testing.Dispose();

    [Fact]
    public async Task A_wal_that_is_cut_anywhere_gives_back_a_first_part_of_what_was_kept_whole_and_in_order()
    {
        var (file, wal) = await FilledAsync();

        Prop.ForAll(Gen.Choose(0, wal.Length).ToArbitrary(), length =>
        {
            var found = ReadAfter(file, wal[..length]);
            Assert.Equal(Enumerable.Range(0, found.Count), found);
            Assert.True(length < wal.Length || found.Count == Batches);
        }).Check(Few);
    }

    [Fact]
    public async Task A_wal_with_a_changed_byte_gives_back_a_first_part_too()
    {
        var (file, wal) = await FilledAsync();

        Prop.ForAll(Gen.Choose(0, wal.Length - 1).ToArbitrary(), position =>
        {
            byte[] torn = [.. wal];
            torn[position] ^= 0x5A;
            var found = ReadAfter(file, torn);
            Assert.Equal(Enumerable.Range(0, found.Count), found);
        }).Check(Few);
    }

    [Fact]
    public async Task A_file_that_is_cut_or_changed_anywhere_is_set_aside_or_gives_back_only_whole_batches()
    {
        await FilledAsync();
        File.Delete(testing.File + "-wal");
        byte[] file = await CheckpointedAsync();
        int[] used = [.. Enumerable.Range(0, file.Length).Where(position => file[position] != 0)];

        Prop.ForAll(Gen.Elements(used).ToArbitrary(), Gen.Elements(true, false).ToArbitrary(), (position, cut) =>
        {
            byte[] damaged = cut ? file[..position] : [.. file];
            if (!cut)
            {
                damaged[position] ^= 0x5A;
            }

            // What is damaged is one of those that were written, told by its checksum, or not there at all.
            Assert.All(ReadAfter(damaged, []), number => Assert.InRange(number, 0, Batches - 1));
        }).Check(Few);
    }

    [Theory]
    [InlineData("not a database at all, but a text that is long enough to be read as a header of one hundred bytes or more, is it not?", "not a database")]
    [InlineData("short", "not a database")]
    public async Task What_is_no_database_is_set_aside_and_a_new_file_is_begun(string content, string reason)
    {
        await File.WriteAllTextAsync(testing.File, content);

        await using var queue = testing.Open(Dead());

        Assert.True(queue.SetAside, reason);
        Assert.Equal(ExportOutcome.Success, await queue.ExportAsync(Batch(1)));
        string aside = Assert.Single(testing.Names, name => name.Contains(".aside-", StringComparison.Ordinal));
        Assert.Equal(content, await File.ReadAllTextAsync(Path.Combine(testing.Options.Directory, aside)));
    }

    [Theory]
    [InlineData("PRAGMA application_id = 7")]
    [InlineData("PRAGMA user_version = 2")]
    public async Task A_database_of_somebody_else_or_of_another_version_is_set_aside(string change)
    {
        await using (var queue = testing.Open(Dead()))
        {
            await queue.ExportAsync(Batch(1));
        }

        using (var connection = new SqliteConnection($"Data Source={testing.File};Pooling=false"))
        {
            connection.Open();
            connection.Execute(change);
        }

        await using var later = testing.Open(Dead());

        Assert.True(later.SetAside);
        Assert.Equal(0, later.Bytes);
    }

    [Fact]
    public async Task An_empty_file_is_an_empty_queue()
    {
        await File.WriteAllBytesAsync(testing.File, []);

        await using var queue = testing.Open(Dead());

        Assert.False(queue.SetAside);
        Assert.Equal(ExportOutcome.Success, await queue.ExportAsync(Batch(1)));
    }

    [Fact]
    public async Task A_payload_whose_bytes_changed_is_never_sent()
    {
        await using (var queue = testing.Open(Dead("otlp")))
        {
            await queue.ExportAsync(Batch(1));
        }

        using (var connection = new SqliteConnection($"Data Source={testing.File};Pooling=false"))
        {
            connection.Open();
            connection.Execute("UPDATE batch SET payload = x'FFFFFFFF'");
        }

        using var backend = Alive("otlp");
        await using var later = testing.Open(backend);
        later.Start();
        await Eventually.True(() => later.Bytes == 0);

        Assert.Empty(backend.Seen);
        Assert.Contains("damaged on disk", Assert.Single(testing.DeadLetters()).Reason, StringComparison.Ordinal);
    }

    /// <summary>The files with all batches, as they are while the process lives.</summary>
    private async Task<(byte[] File, byte[] Wal)> FilledAsync()
    {
        await using var queue = testing.Open(Dead());
        for (int i = 0; i < Batches; i++)
        {
            await queue.ExportAsync(Batch(i));
        }

        return (Copy(testing.File), Copy(testing.File + "-wal"));
    }

    private async Task<byte[]> CheckpointedAsync()
    {
        await using (var queue = testing.Open(Dead()))
        {
            Assert.Equal(Batches, queue.Depths.Sum(d => d.Batches));
        }

        return Copy(testing.File);
    }

    private static byte[] Copy(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The numbers of the whole batches that a queue finds in these files, in order.</summary>
    private static List<int> ReadAfter(byte[] file, byte[] wal)
    {
        using var other = new QueueTesting();
        File.WriteAllBytes(other.File, file);
        if (wal.Length > 0)
        {
            File.WriteAllBytes(other.File + "-wal", wal);
        }

        var queue = other.Open(Dead());
        queue.DisposeAsync().AsTask().GetAwaiter().GetResult();
        using var reader = new QueueReader(new QueueFile(other.Options.Directory, QueueSynchronous.Normal));
        var found = new List<int>();
        long after = 0;
        while (reader.Next(new LaneKey("dead", Signal.Logs), after) is { } batch)
        {
            using (batch)
            {
                if (batch.IsIntact)
                {
                    found.Add(BitConverter.ToInt32(batch.Payload.Bytes.Span));
                }

                after = batch.Number;
            }
        }

        return found;
    }
}
