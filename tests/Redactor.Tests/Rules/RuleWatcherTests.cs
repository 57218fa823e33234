using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Rules;

namespace Redactor.Tests.Rules;

public sealed class RuleWatcherTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private readonly TemporaryFolder folder = new();
    private RuleWatcher? watcher;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await (watcher?.DisposeAsync() ?? default);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_written_file_is_noticed()
    {
        folder.Write("a.yaml", Rule("alpha"));
        var store = Watch(Never);
        folder.Write("a.yaml", Rule("bravo"));

        await Until(store, "bravo");
    }

    [Fact]
    public async Task A_change_without_notice_is_found_by_the_slow_clock()
    {
        // The watched folder holds only a link: the change happens where no notice comes from.
        using var elsewhere = new TemporaryFolder();
        File.CreateSymbolicLink(folder.PathOf("a.yaml"), elsewhere.Write("a.yaml", Rule("alpha")));
        var store = Watch(TimeSpan.FromMilliseconds(50));
        elsewhere.Write("a.yaml", Rule("bravo"));

        await Until(store, "bravo");
    }

    [Fact]
    public async Task A_ConfigMap_that_swaps_its_link_is_noticed()
    {
        folder.Write("..1/a.yaml", Rule("alpha"));
        folder.Write("..2/a.yaml", Rule("bravo"));
        Directory.CreateSymbolicLink(folder.PathOf("..data"), "..1");
        File.CreateSymbolicLink(folder.PathOf("a.yaml"), "..data/a.yaml");
        var store = Watch(Never);

        Directory.CreateSymbolicLink(folder.PathOf("..data_tmp"), "..2");
        using (var rename = Process.Start("mv", ["-T", folder.PathOf("..data_tmp"), folder.PathOf("..data")]))
        {
            await rename.WaitForExitAsync();
            Assert.Equal(0, rename.ExitCode);
        }

        await Until(store, "bravo");
    }

    [Fact]
    public async Task A_file_that_goes_away_leaves_the_rules_in_force_and_is_taken_again_when_it_is_back()
    {
        string path = folder.Write("a.yaml", Rule("alpha"));
        var store = Watch(Never);
        var refused = Next(store, ReloadResult.Refused);
        File.Delete(path);
        await refused;

        Assert.Equal("alpha", store.Current.Rules[0].Id);
        folder.Write("a.yaml", Rule("bravo"));
        await Until(store, "bravo");
    }

    [Fact]
    public async Task A_file_written_piece_by_piece_ends_as_the_whole()
    {
        folder.Write("a.yaml", Rule("alpha"));
        var store = Watch(Never);
        string text = string.Concat(Enumerable.Range(0, 20).Select(i => Rule($"bravo-{i}")));
        await using (var file = new StreamWriter(folder.PathOf("a.yaml")))
        {
            foreach (char c in text)
            {
                await file.WriteAsync(c);
                await file.FlushAsync();
            }
        }

        await Until(store, "bravo-0", rules: 20);
    }

    private static string Rule(string id) => $"- {{id: {id}, pattern: '{id}_[a-z]{{9}}'}}\n";

    private static Task Next(RuleStore store, ReloadResult wanted)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Reloaded += result =>
        {
            if (result == wanted)
            {
                seen.TrySetResult();
            }
        };
        return seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static Task Until(RuleStore store, string id, int rules = 1) =>
        Eventually.True(() => store.Current.Rules[0].Id == id && store.Current.Rules.Count == rules);

    private RuleStore Watch(TimeSpan poll)
    {
        var store = RuleStore.Open(new RuleSource([folder.PathOf("*.yaml")], Profile.Default), NullLogger.Instance, out _)!;
        watcher = RuleWatcher.Start(store, Settle, poll);
        return store;
    }
}
