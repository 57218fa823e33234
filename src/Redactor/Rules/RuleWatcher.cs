using System.Threading.Channels;

namespace Redactor.Rules;

/// <summary>
/// Reloads a <see cref="RuleStore"/> when its files change. Notices of the file system only wake it up; what counts is the content,
/// which is also compared on a slow clock, so that links swapped elsewhere and network file systems are seen too.
/// </summary>
public sealed class RuleWatcher : IAsyncDisposable
{
    private readonly RuleStore store;
    private readonly TimeSpan settle;
    private readonly TimeSpan poll;
    private readonly Channel<bool> wakeUp = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<FileSystemWatcher> watchers = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly Task watching;

    private RuleWatcher(RuleStore store, TimeSpan settle, TimeSpan poll)
    {
        this.store = store;
        this.settle = settle;
        this.poll = poll;
        foreach (var pattern in store.Patterns.Select(FilePattern.Parse))
        {
            Watch(pattern.Directory, deep: pattern.Rest.Contains(Path.DirectorySeparatorChar));
        }

        watching = RunAsync();
    }

    /// <summary>Starts to watch.</summary>
    public static RuleWatcher Start(RuleStore store) => Start(store, RuleLimits.SettleTime, RuleLimits.PollInterval);

    /// <summary>Starts to watch with other times than <see cref="RuleLimits"/> says.</summary>
    internal static RuleWatcher Start(RuleStore store, TimeSpan settle, TimeSpan poll) => new(store, settle, poll);

    public async ValueTask DisposeAsync()
    {
        watchers.ForEach(watcher => watcher.Dispose());
        await stopping.CancelAsync();
        await watching;
        stopping.Dispose();
    }

    private void Watch(string directory, bool deep)
    {
        try
        {
            var watcher = new FileSystemWatcher(directory) { IncludeSubdirectories = deep };
            watcher.Changed += (_, _) => wakeUp.Writer.TryWrite(true);
            watcher.Created += (_, _) => wakeUp.Writer.TryWrite(true);
            watcher.Deleted += (_, _) => wakeUp.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => wakeUp.Writer.TryWrite(true);
            watcher.Error += (_, _) => wakeUp.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            watchers.Add(watcher);
        }
        catch (Exception unavailable) when (unavailable is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // No notices here (inotify limits, a folder that is not there yet): the slow clock still finds every change.
            wakeUp.Writer.TryWrite(true);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await WaitForNoticeAsync();
                var contents = RuleFileContents.Read(store.Patterns);
                for (var before = ""; contents.Version != before;)
                {
                    before = contents.Version;
                    await Task.Delay(settle, stopping.Token);
                    contents = RuleFileContents.Read(store.Patterns);
                }

                if (store.IsNews(contents))
                {
                    store.Reload(contents);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task WaitForNoticeAsync()
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        clock.CancelAfter(poll);
        try
        {
            await wakeUp.Reader.ReadAsync(clock.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return;
        }
    }
}
