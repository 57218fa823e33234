using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Tests.Rules;

/// <summary>The delivered rules and one file that changes, replaced again and again while two threads scan. REDACTOR_RELOADS: how often.</summary>
[Collection(ProcessMemory.Name)]
public sealed class ReloadLoadTests : IDisposable
{
    /// <summary>What a compiled set may take with its automata: a set that stays behind after a reload would show.</summary>
    private const long MostBytes = 16 << 20;

    private static readonly int Reloads = int.Parse(Environment.GetEnvironmentVariable("REDACTOR_RELOADS") ?? "6", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Replaced_rules_give_no_wrong_finding_and_leave_no_memory_behind()
    {
        Write(0);
        var store = RuleStore.Open(new RuleSource([RuleSource.DefaultPatterns[0], folder.PathOf("*.yaml")], Profile.Default), NullLogger.Instance, out var mistakes)!;
        Assert.Empty(mistakes);
        using var stop = new CancellationTokenSource();
        Task<long>[] scanning = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => Scan(store, stop.Token)))];

        // The first sets are only known to be whole once all that is built lazily has been.
        long settled = 0;
        for (int reload = 1; reload <= Reloads; reload++)
        {
            Write(reload);
            Assert.Equal(ReloadResult.Swapped, store.Reload());
            if (reload == Math.Min(5, Reloads))
            {
                settled = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        long last = GC.GetTotalMemory(forceFullCollection: true);
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(scanning), scans => Assert.True(scans > 0));
        Assert.True(last - settled < MostBytes, $"{last - settled} bytes more after {Reloads} reloads than after the first");
    }

    private static long Scan(RuleStore store, CancellationToken stop)
    {
        // Only every second version of the changing file finds the middle one.
        string token = new Random(7).GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 36);
        byte[] text = Encoding.UTF8.GetBytes($"see gh{"p"}_{token} acme_even_0123456789 at postgres://app:correct-horse-battery@db/orders");
        var findings = new FindingList();
        long scans = 0;
        for (; !stop.IsCancellationRequested || scans == 0; scans++)
        {
            RuleSet rules = store.Current;
            Assert.Equal(ScanStatus.Complete, rules.Scanner.Scan(text, findings));
            string[] found = [.. findings.Items.ToArray().Select(f => rules.Rules[f.Rule].Id).Distinct()];
            Assert.Equal(rules.Rules.Any(r => r.Id == "acme-even"), found.Contains("acme-even"));
            Assert.Contains("github-personal-token", found);
            Assert.Contains("url-password", found);
        }

        return scans;
    }

    private void Write(int version)
    {
        string kind = version % 2 == 0 ? "even" : "odd";
        folder.Write("acme.yaml", $"- {{id: acme-{kind}, title: Version {version}, pattern: 'acme_{kind}_[0-9]{{10}}', examples: {{match: ['acme_{kind}_{{digits:10}}', 'x acme_{kind}_{{digits:10}}'], ignore: ['acme_{kind}_1', 'acme']}}}}\n");
    }
}
