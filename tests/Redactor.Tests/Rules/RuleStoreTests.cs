using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Tests.Rules;

public sealed class RuleStoreTests : IDisposable
{
    private const string Alpha = "- {id: alpha, pattern: 'alpha_[a-z]{9}'}\n";
    private const string Bravo = "- {id: bravo, pattern: 'bravo_[a-z]{9}'}\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rules_that_cannot_be_used_open_no_store()
    {
        folder.Write("a.yaml", "- {id: alpha}");

        Assert.Null(RuleStore.Open(Source, NullLogger.Instance, out var mistakes));
        Assert.Single(mistakes);
    }

    [Fact]
    public void Changed_files_are_swapped_in_and_the_same_files_are_not()
    {
        folder.Write("a.yaml", Alpha);
        var store = Open();
        var first = store.Current;

        Assert.Equal(ReloadResult.Unchanged, store.Reload());
        Assert.Same(first, store.Current);

        folder.Write("a.yaml", Bravo);
        Assert.Equal(ReloadResult.Swapped, store.Reload());
        Assert.Equal("bravo", Assert.Single(store.Current.Rules).Id);
        Assert.Equal((folder.PathOf("a.yaml"), 1), Assert.Single(store.Status.Files));
        Assert.Equal("alpha", Assert.Single(first.Rules).Id);
    }

    [Theory]
    [InlineData("- id: alpha\n  patt")]
    [InlineData("- id: alpha\n  pattern: 'alpha_[a-z")]
    [InlineData("")]
    public void A_half_written_file_changes_nothing_and_is_reported_until_it_is_whole(string half)
    {
        folder.Write("a.yaml", Alpha);
        var store = Open();
        var before = store.Current;
        var results = new List<ReloadResult>();
        store.Reloaded += results.Add;
        folder.Write("a.yaml", half);

        Assert.Equal(ReloadResult.Refused, store.Reload());
        Assert.Equal(ReloadResult.Refused, store.Reload());
        Assert.Same(before, store.Current);
        Assert.Equal(folder.PathOf("a.yaml"), Assert.Single(store.Status.LastError).File);

        folder.Write("a.yaml", Bravo);
        Assert.Equal(ReloadResult.Swapped, store.Reload());
        Assert.Empty(store.Status.LastError);
        Assert.Equal([ReloadResult.Refused, ReloadResult.Swapped], results);
    }

    [Fact]
    public void Putting_the_old_file_back_clears_the_error()
    {
        folder.Write("a.yaml", Alpha);
        var store = Open();
        string version = store.Current.Version;
        folder.Write("a.yaml", "- broken");
        store.Reload();
        folder.Write("a.yaml", Alpha);

        Assert.Equal(ReloadResult.Swapped, store.Reload());
        Assert.Equal(version, store.Current.Version);
        Assert.Empty(store.Status.LastError);
    }

    [Fact]
    public async Task Fifty_reloads_under_scanning_threads_give_only_findings_of_whole_sets()
    {
        folder.Write("a.yaml", Alpha);
        var store = Open();
        using var stop = new CancellationTokenSource();
        Task[] scanning = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var findings = new FindingList();
            for (long scans = 0; !stop.IsCancellationRequested || scans == 0; scans++)
            {
                var rules = store.Current;
                rules.Scanner.Scan("alpha_abcdefghi bravo_abcdefghi"u8, findings);
                var finding = Assert.Single(findings.Items.ToArray());
                Assert.Equal(rules.Rules[finding.Rule].Id == "alpha" ? 0 : 16, finding.Start);
            }
        }))];

        int refused = 0;
        for (int i = 0; i < 50; i++)
        {
            folder.Write("a.yaml", i % 10 == 9 ? "- broken" : $"{(i % 2 == 0 ? Bravo : Alpha)}# {i}\n");
            refused += store.Reload() == ReloadResult.Refused ? 1 : 0;
        }

        await stop.CancelAsync();
        await Task.WhenAll(scanning);
        Assert.Equal(5, refused);
    }

    private RuleSource Source => new([folder.PathOf("*.yaml")], Profile.Default);

    private RuleStore Open() => RuleStore.Open(Source, NullLogger.Instance, out _)!;
}
