using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Known;
using Redactor.Known.Sources;
using Redactor.Rules;
using Redactor.Tests.Forward;
using Redactor.Tests.Receive;
using static Redactor.Tests.Known.KnownTesting;

namespace Redactor.Tests.Known;

public sealed class KnownStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly MovableClock clock = new();
    private readonly RecordingLogger log = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_value_is_masked_under_the_name_of_its_file_and_a_second_hop_changes_nothing()
    {
        string chat = NewSecret(), mail = NewSecret();
        folder.Write("PROD_CHAT", chat + "\n");
        folder.Write("mail", mail);
        var store = Open(new DirectorySource(folder.Path, "", NoMetadata));
        Assert.True(await store.RefreshAsync(CancellationToken.None));

        string masked = Mask(store, $"x{chat}y and {mail}");
        Assert.Equal("x[REDACTED:known:prod-chat]y and [REDACTED:known:mail]", masked);
        Assert.Equal(masked, Mask(store, masked));
        Assert.False(await store.RefreshAsync(CancellationToken.None));
    }

    [Fact]
    public async Task While_a_secret_is_rotated_old_and_new_are_known_and_then_the_new_alone()
    {
        string old = NewSecret(), now = NewSecret(), other = NewSecret();
        folder.Write("key", old);
        folder.Write("other", other);
        var store = Open(new DirectorySource(folder.Path, "", NoMetadata));
        await store.RefreshAsync(CancellationToken.None);
        folder.Write("key", now);
        Assert.True(await store.RefreshAsync(CancellationToken.None));
        Assert.Equal("[REDACTED:known:key] [REDACTED:known:key] [REDACTED:known:other]", Mask(store, $"{old} {now} {other}"));

        clock.Advance(TimeSpan.FromHours(23));
        Assert.False(await store.RefreshAsync(CancellationToken.None));
        clock.Advance(TimeSpan.FromHours(2));
        Assert.True(await store.RefreshAsync(CancellationToken.None));
        Assert.Equal($"{old} [REDACTED:known:key] [REDACTED:known:other]", Mask(store, $"{old} {now} {other}"));
        Assert.Equal(2, store.Count);
    }

    [Fact]
    public async Task A_secret_that_is_added_costs_no_second_search()
    {
        folder.Write("a", NewSecret());
        var store = Open(new DirectorySource(folder.Path, "", NoMetadata));
        await store.RefreshAsync(CancellationToken.None);
        folder.Write("b", NewSecret());
        await store.RefreshAsync(CancellationToken.None);

        Assert.Single(store.Current.Values);
        Assert.Equal(["known:a", "known:b"], store.Current.Rules.Select(rule => rule.Id));
    }

    [Fact]
    public async Task A_value_that_two_sources_hold_goes_by_the_first_name_and_costs_no_second_search()
    {
        string shared = NewSecret();
        string a = folder.Write("a", shared), b = folder.Write("b", shared);
        var store = Open(new FileSource(a, "a", NoMetadata), new FileSource(b, "b", NoMetadata));
        await store.RefreshAsync(CancellationToken.None);
        Assert.Equal("[REDACTED:known:a]", Mask(store, shared));
        folder.Write("b", shared + "\n");
        await store.RefreshAsync(CancellationToken.None);

        Assert.Single(store.Current.Values);
    }

    [Fact]
    public async Task A_source_that_holds_nothing_is_told_once()
    {
        var store = Open(new DirectorySource(folder.Path, "", NoMetadata));
        await store.RefreshAsync(CancellationToken.None);
        await store.RefreshAsync(CancellationToken.None);

        Assert.Single(log.Lines, line => line.Contains($"holds none: {folder.Path}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_a_source_cannot_be_read_nothing_is_forgotten()
    {
        string first = NewSecret(), second = NewSecret(), third = NewSecret();
        string a = folder.Write("a", first), b = folder.Write("b", second);
        var store = Open(new FileSource(a, "a", NoMetadata), new FileSource(b, "b", NoMetadata));
        await store.RefreshAsync(CancellationToken.None);

        File.Delete(a);
        Assert.False(await store.RefreshAsync(CancellationToken.None));
        Assert.Equal([$"{a}: a can't be read (no such file)"], store.Problems);
        folder.Write("b", third);
        Assert.True(await store.RefreshAsync(CancellationToken.None));
        clock.Advance(TimeSpan.FromDays(90));
        await store.RefreshAsync(CancellationToken.None);
        Assert.Equal("[REDACTED:known:a] [REDACTED:known:b] [REDACTED:known:b]", Mask(store, $"{first} {second} {third}"));

        folder.Write("a", first);
        Assert.True(await store.RefreshAsync(CancellationToken.None));
        Assert.Equal($"[REDACTED:known:a] {second} [REDACTED:known:b]", Mask(store, $"{first} {second} {third}"));
        Assert.Single(log.Lines, line => line.Contains("can't be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_changes_than_can_be_kept_forget_the_oldest_and_say_so()
    {
        var store = Open(new FileSource(folder.PathOf("key"), "key", NoMetadata));
        string first = NewSecret();
        folder.Write("key", first);
        await store.RefreshAsync(CancellationToken.None);
        for (int i = 0; i <= KnownLimits.MaxReplaced; i++)
        {
            Assert.Equal("[REDACTED:known:key]", Mask(store, first));
            folder.Write("key", NewSecret());
            await store.RefreshAsync(CancellationToken.None);
        }

        Assert.Equal(first, Mask(store, first));
        Assert.Contains(log.Lines, line => line.Contains("shorten known_secrets.overlap", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_value_is_told_by_source_and_name_never_by_its_text()
    {
        folder.Write("debug", "true");
        folder.Write("user", "administrator");
        folder.Write("key", NewSecret());
        var store = Open(new DirectorySource(folder.Path, "app", NoMetadata));
        await store.RefreshAsync(CancellationToken.None);
        await store.RefreshAsync(CancellationToken.None);

        Assert.Equal(1, store.Count);
        Assert.Contains($"Not taken as a known secret: {folder.Path}, app-debug: shorter than 8 bytes", log.Lines);
        Assert.Contains($"Not taken as a known secret: {folder.Path}, app-user: too common to be masked wherever it stands", log.Lines);
        Assert.Equal(2, log.Lines.Count(line => line.StartsWith("Not taken", StringComparison.Ordinal)));
        Assert.DoesNotContain(log.Lines, line => line.Contains("true", StringComparison.Ordinal) || line.Contains("administrator", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reload_of_rules_keeps_the_known_secrets_and_a_refresh_of_these_keeps_the_rules()
    {
        string secret = NewSecret(), next = NewSecret();
        using var ruleFolder = new TemporaryFolder();
        ruleFolder.Write("a.yaml", "[{id: one, pattern: acme_one}]");
        folder.Write("key", secret);
        var store = Open(new DirectorySource(folder.Path, "", NoMetadata));
        await store.RefreshAsync(CancellationToken.None);
        var rules = RuleStore.Open(new RuleSource([ruleFolder.PathOf("*.yaml")], Profile.Default), NullLogger.Instance, out _, store.Current)!;

        ruleFolder.Write("a.yaml", "[{id: two, pattern: acme_two}]");
        Assert.Equal(ReloadResult.Swapped, rules.Reload());
        Assert.Equal("acme_one [REDACTED:two] [REDACTED:known:key]", Mask(rules.Current, $"acme_one acme_two {secret}"));

        folder.Write("key", next);
        await store.RefreshAsync(CancellationToken.None);
        rules.Use(store.Current);
        Assert.Equal("[REDACTED:two] [REDACTED:known:key] [REDACTED:known:key]", Mask(rules.Current, $"acme_two {secret} {next}"));
        Assert.Equal(ReloadResult.Unchanged, rules.Reload());
    }

    [Fact]
    public async Task What_changes_while_it_runs_comes_into_force()
    {
        string next = NewSecret();
        using var ruleFolder = new TemporaryFolder();
        ruleFolder.Write("a.yaml", "[{id: one, pattern: acme_one}]");
        folder.Write("key", NewSecret());
        var options = new KnownOptions([new DirectorySource(folder.Path, "", NoMetadata)]) { RefreshInterval = TimeSpan.FromMilliseconds(20) };
        var store = new KnownStore(options, TimeProvider.System, log);
        await store.RefreshAsync(CancellationToken.None);
        var rules = RuleStore.Open(new RuleSource([ruleFolder.PathOf("*.yaml")], Profile.Default), NullLogger.Instance, out _, store.Current)!;
        await using var watcher = KnownWatcher.Start(store, rules, TimeProvider.System);

        folder.Write("key", next);
        await Eventually.True(() => Mask(rules.Current, next) != next);

        Assert.Equal("[REDACTED:known:key]", Mask(rules.Current, next));
    }

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    private KnownStore Open(params SecretSource[] sources) => new(new KnownOptions(sources), clock, log);
}
