using System.Security.Cryptography;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Known;

/// <summary>
/// Reads the sources, hashes the values and forgets them. What went from its source stays known for a while, as the hashes that were made when it was there. While a
/// source can't be read nothing is forgotten. One caller at a time.
/// </summary>
public sealed partial class KnownStore
{
    private readonly KnownOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly byte[] digestKey = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly List<(ExactValues Values, DateTimeOffset Until)> replaced = [];
    private readonly byte[]?[] digests;
    private readonly string?[] problems;
    private SecretNames names = new();
    private ExactValues values = new([]);

    /// <param name="options">The sources.</param>
    /// <param name="time">Measures how long what was replaced is kept.</param>
    /// <param name="logger">Told of changes, refusals and sources that can't be read; never of a value.</param>
    public KnownStore(KnownOptions options, TimeProvider time, ILogger logger)
    {
        (this.options, this.time, this.logger) = (options, time, logger);
        digests = new byte[]?[options.Sources.Count];
        problems = new string?[options.Sources.Count];
    }

    /// <summary>What is known as of the last <see cref="RefreshAsync"/>.</summary>
    public KnownSecrets Current { get; private set; } = KnownSecrets.None;

    /// <summary>How often to read the sources again.</summary>
    public TimeSpan RefreshInterval => options.RefreshInterval;

    /// <summary>How many secrets are valid now.</summary>
    public int Count { get; private set; }

    /// <summary>The sources that could not be read last time, each with the reason.</summary>
    public IReadOnlyList<string> Problems => [.. problems.OfType<string>()];

    /// <summary>Reads all sources.</summary>
    /// <returns>Whether <see cref="Current"/> has changed.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellation)
    {
        var lists = new SecretList?[options.Sources.Count];
        try
        {
            for (int i = 0; i < lists.Length; i++)
            {
                lists[i] = await ReadAsync(i, cancellation);
            }

            return Take(lists);
        }
        finally
        {
            foreach (var list in lists)
            {
                list?.Dispose();
            }
        }
    }

    private async Task<SecretList?> ReadAsync(int source, CancellationToken cancellation)
    {
        var list = new SecretList();
        try
        {
            await options.Sources[source].ReadAsync(list, cancellation);
            problems[source] = null;
            return list;
        }
        catch (SecretSourceException e)
        {
            list.Dispose();
            string problem = $"{options.Sources[source].Location}: {e.Message}";
            // At the start nothing is known that could stay known: who starts tells of the problems.
            if (problem != problems[source] && digests[source] is not null)
            {
                LogUnreadable(problem);
            }

            problems[source] = problem;

            return null;
        }
        catch
        {
            list.Dispose();
            throw;
        }
    }

    private bool Take(SecretList?[] lists)
    {
        bool complete = Array.TrueForAll(lists, list => list is not null);
        int forgotten = complete ? replaced.RemoveAll(old => old.Until <= time.GetUtcNow()) : 0;
        byte[]?[] read = [.. lists.Select(list => list?.Digest(digestKey))];
        bool changed = read.Zip(digests).Any(pair => IsNews(pair.First, pair.Second));
        if (changed)
        {
            Replace(lists, read);
        }

        if (changed || forgotten > 0)
        {
            Current = new KnownSecrets([.. names.Rules], [values, .. replaced.Select(old => old.Values)]);
        }

        return changed || forgotten > 0;
    }

    private void Replace(SecretList?[] lists, byte[]?[] read)
    {
        LogRefused(lists, read);
        var accepted = Accept(lists);
        var now = new ExactValues(accepted);
        bool nothingWent = accepted.Count(value => values.Contains(value.Value.Span)) == values.Count;
        if (!nothingWent)
        {
            replaced.Insert(0, (values, time.GetUtcNow() + options.Overlap));
        }
        else if (replaced.Count == 0 && accepted.Select(value => value.Rule).Distinct().Count() < names.Rules.Count)
        {
            // No hash points at the names that are gone: they can go.
            names = new SecretNames();
            now = new ExactValues(Accept(lists));
        }

        if (replaced.Count > KnownLimits.MaxReplaced)
        {
            replaced.RemoveAt(KnownLimits.MaxReplaced);
            LogForgotten(KnownLimits.MaxReplaced);
        }

        values = now;
        read.CopyTo(digests, 0);
        LogInForce(Count, options.Sources.Count, replaced.Count);
    }

    private List<ExactValue> Accept(SecretList?[] lists)
    {
        var accepted = new List<ExactValue>();
        Count = 0;
        for (int i = 0; i < lists.Length; i++)
        {
            var source = options.Sources[i];
            foreach (var secret in lists[i]?.Secrets ?? [])
            {
                if (ValueCheck.Refuse(secret.Value.Span, options.MinLength) is null)
                {
                    int rule = names.NumberOf(SecretName.Create(source.Name, secret.Name), source.Metadata);
                    accepted.Add(new ExactValue(rule, secret.Value));
                    Base64Forms.Add(rule, secret.Value, lists[i]!.Memory, accepted);
                    HexForms.Add(rule, secret.Value, lists[i]!.Memory, accepted);
                    Count++;
                }
            }
        }

        return DistinctValues.Of(accepted);
    }

    /// <summary>Tells what sources that have changed hold beside secrets, by name.</summary>
    private void LogRefused(SecretList?[] lists, byte[]?[] read)
    {
        for (int i = 0; i < lists.Length; i++)
        {
            if (!IsNews(read[i], digests[i]))
            {
                continue;
            }

            if (lists[i]!.Secrets.Count == 0)
            {
                LogEmpty(options.Sources[i].Location);
            }

            foreach (var secret in lists[i]!.Secrets)
            {
                if (ValueCheck.Refuse(secret.Value.Span, options.MinLength) is { } reason)
                {
                    LogRefused(options.Sources[i].Location, SecretName.Create(options.Sources[i].Name, secret.Name), reason);
                }
            }
        }
    }

    private static bool IsNews(byte[]? read, byte[]? known) => read is not null && (known is null || !read.AsSpan().SequenceEqual(known));

    [LoggerMessage(LogLevel.Information, "Known secrets are in force: {Secrets} of {Sources} sources, with what {Replaced} former loads held")]
    private partial void LogInForce(int secrets, int sources, int replaced);

    [LoggerMessage(LogLevel.Warning, "Not taken as a known secret: {Source}, {Name}: {Reason}")]
    private partial void LogRefused(string source, string name, string reason);

    [LoggerMessage(LogLevel.Warning, "A source of known secrets holds none: {Source}")]
    private partial void LogEmpty(string source);

    [LoggerMessage(LogLevel.Error, "A source of known secrets can't be read; what was known stays known: {Problem}")]
    private partial void LogUnreadable(string problem);

    [LoggerMessage(LogLevel.Warning, "Known secrets changed more than {Loads} times within the overlap: what was replaced first is forgotten early; shorten known_secrets.overlap")]
    private partial void LogForgotten(int loads);
}
