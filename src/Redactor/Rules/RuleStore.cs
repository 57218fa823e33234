namespace Redactor.Rules;

/// <summary>What a reload came to.</summary>
public enum ReloadResult
{
    /// <summary>New rules are in force.</summary>
    Swapped,

    /// <summary>The files are those in force already.</summary>
    Unchanged,

    /// <summary>The files have mistakes; the rules in force stay.</summary>
    Refused,
}

/// <summary>The rules in force and what is known about their last load. Immutable.</summary>
/// <param name="Rules">The rules in force.</param>
/// <param name="Files">Their files with the number of rules in each, in order of priority.</param>
/// <param name="LoadedAt">When they came into force.</param>
/// <param name="LastError">What was wrong with the files when they were last read; empty if nothing was.</param>
public sealed record RuleStatus(
    RuleSet Rules, IReadOnlyList<(string Name, int Count)> Files, DateTimeOffset LoadedAt, IReadOnlyList<RuleMistake> LastError);

/// <summary>
/// Holds the rules in force. Readers take <see cref="Current"/>, one reference, and keep it for the length of a request;
/// <see cref="Reload()"/> builds a new set aside and swaps it in, or changes nothing if a file has mistakes.
/// </summary>
public sealed partial class RuleStore
{
    private readonly RuleSource source;
    private readonly ILogger logger;
    private readonly Lock reloading = new();
    private volatile RuleStatus status;
    private volatile string lastRead;

    private RuleStore(RuleSource source, ILogger logger, RuleLoad first)
    {
        this.source = source;
        this.logger = logger;
        status = ToStatus(first);
        lastRead = first.Version;
    }

    /// <summary>Raised behind each <see cref="Reload()"/> that read changed files, on the thread that reloaded.</summary>
    public event Action<ReloadResult>? Reloaded;

    /// <summary>The rules in force.</summary>
    public RuleSet Current => status.Rules;

    /// <summary>The rules in force, where they came from, and what was wrong with the last files.</summary>
    public RuleStatus Status => status;

    /// <summary>The patterns of the files, in order of priority.</summary>
    internal IReadOnlyList<string> Patterns => source.Patterns;

    /// <summary>Loads the rules for the first time; null, and all mistakes, if they can't be used.</summary>
    public static RuleStore? Open(RuleSource source, ILogger logger, out IReadOnlyList<RuleMistake> mistakes, KnownSecrets? known = null)
    {
        var first = RuleLoad.From(source, known);
        mistakes = first.Mistakes;
        return first.Rules is null ? null : new RuleStore(source, logger, first);
    }

    /// <summary>Reads the files again and swaps the rules if they are good. Safe from any thread; scans go on meanwhile.</summary>
    public ReloadResult Reload() => Reload(RuleFileContents.Read(source.Patterns));

    /// <summary>As <see cref="Reload()"/>, with files that were read already.</summary>
    internal ReloadResult Reload(RuleFileContents contents)
    {
        ReloadResult result;
        lock (reloading)
        {
            if (contents.Version == lastRead)
            {
                return status.LastError.Count == 0 ? ReloadResult.Unchanged : ReloadResult.Refused;
            }

            var load = RuleLoad.From(contents, source, status.Rules.Known);
            lastRead = contents.Version;
            result = load.Rules is null ? ReloadResult.Refused : ReloadResult.Swapped;
            status = load.Rules is null ? status with { LastError = load.Mistakes } : ToStatus(load);
            Log(load);
        }

        Reloaded?.Invoke(result);
        return result;
    }

    /// <summary>Puts other known secrets in force; the rules of the files stay. Safe from any thread; scans go on meanwhile.</summary>
    public void Use(KnownSecrets known)
    {
        lock (reloading)
        {
            status = status with { Rules = status.Rules.With(known) };
        }
    }

    /// <summary>Whether <paramref name="contents"/> differ from what was read last.</summary>
    internal bool IsNews(RuleFileContents contents) => contents.Version != lastRead;

    private static RuleStatus ToStatus(RuleLoad load) =>
        new(load.Rules!, [.. load.Files.Select(file => (file.Name, file.Rules.Count))], DateTimeOffset.UtcNow, []);

    private void Log(RuleLoad load)
    {
        if (load.Rules is { } rules)
        {
            LogSwapped(rules.Version, rules.Rules.Count, load.Files.Count);
            return;
        }

        LogRefused(status.Rules.Version, load.Mistakes.Count);
        foreach (var mistake in load.Mistakes)
        {
            LogMistake(mistake);
        }
    }

    [LoggerMessage(LogLevel.Information, "Rules {Version} are in force: {Rules} rules of {Files} files")]
    private partial void LogSwapped(string version, int rules, int files);

    [LoggerMessage(LogLevel.Error, "The changed rule files can't be used (mistakes: {Mistakes}); rules {Version} stay in force")]
    private partial void LogRefused(string version, int mistakes);

    [LoggerMessage(LogLevel.Error, "{Mistake}")]
    private partial void LogMistake(RuleMistake mistake);
}
