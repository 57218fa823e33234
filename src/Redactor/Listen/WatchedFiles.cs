using System.Security.Cryptography;

namespace Redactor.Listen;

/// <summary>
/// What some files hold, read again after they changed. Nothing runs in the background: whoever asks looks, at most once an interval, and
/// compares the content, so that links swapped by Kubernetes are seen too. What can't be used changes nothing and is logged once.
/// </summary>
internal sealed class WatchedFiles<T>
    where T : class
{
    private readonly IReadOnlyList<string> paths;
    private readonly Func<IReadOnlyList<byte[]>, Reading<T>> parse;
    private readonly TimeSpan interval;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock looking = new();
    private volatile T current;
    private byte[] seen;
    private string? lastMistake;
    private long lookedAt;

    /// <param name="paths">The files, in the order in which <paramref name="parse"/> takes their contents.</param>
    /// <param name="parse">Makes a value of the contents.</param>
    /// <param name="interval">How old the last look may be.</param>
    /// <param name="time">Measures it.</param>
    /// <param name="logger">Told of changes.</param>
    /// <exception cref="IOException">The files can't be used now; the message says why.</exception>
    public WatchedFiles(IReadOnlyList<string> paths, Func<IReadOnlyList<byte[]>, Reading<T>> parse, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        (this.paths, this.parse, this.interval, this.time, this.logger) = (paths, parse, interval, time, logger);
        var contents = FileContents.Read(paths);
        var first = contents.Value is null ? Reading<T>.Wrong(contents.Mistake!) : parse(contents.Value);
        current = first.Value ?? throw new IOException($"{Names}: {first.Mistake}.");
        seen = Digest(contents.Value!);
        lookedAt = time.GetTimestamp();
    }

    /// <summary>The value as of the last look.</summary>
    public T Current
    {
        get
        {
            if (time.GetElapsedTime(Interlocked.Read(ref lookedAt)) >= interval && looking.TryEnter())
            {
                try
                {
                    Look();
                }
                finally
                {
                    looking.Exit();
                }
            }

            return current;
        }
    }

    private string Names => string.Join(", ", paths);

    private static byte[] Digest(IReadOnlyList<byte[]> contents) => SHA256.HashData([.. contents.SelectMany(SHA256.HashData)]);

    private void Look()
    {
        Interlocked.Exchange(ref lookedAt, time.GetTimestamp());
        var contents = FileContents.Read(paths);
        if (contents.Value is null)
        {
            Refuse(contents.Mistake!);
            return;
        }

        byte[] digest = Digest(contents.Value);
        if (digest.AsSpan().SequenceEqual(seen))
        {
            return;
        }

        seen = digest;
        var reading = parse(contents.Value);
        if (reading.Value is null)
        {
            Refuse(reading.Mistake!);
            return;
        }

        (current, lastMistake) = (reading.Value, null);
        logger.LogInformation("Changed and in force: {Files}", Names);
    }

    private void Refuse(string mistake)
    {
        if (mistake != lastMistake)
        {
            lastMistake = mistake;
            logger.LogError("What was read before stays in force: {Files}: {Mistake}", Names, mistake);
        }
    }
}
