using System.Diagnostics;
using System.Runtime.Versioning;
using Redactor.Rules;

namespace Redactor.Tests.Rules;

public sealed class RuleLoadTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_are_taken_in_ordinal_order_and_rules_in_the_order_of_the_file()
    {
        folder.Write("b.yaml", "- {id: b1, pattern: beta_one}\n- {id: b2, pattern: beta_two}\n");
        folder.Write("a.yaml", "- {id: a, pattern: alpha}\n");
        folder.Write("B.yaml", "- {id: capital, pattern: capital}\n");
        folder.Write("notes.txt", "not a rule");

        Assert.Equal(["capital", "a", "b1", "b2"], Load("*.yaml").Rules!.Rules.Select(rule => rule.Id));
    }

    [Fact]
    public void A_file_that_several_patterns_name_counts_for_the_first()
    {
        folder.Write("a.yaml", "- {id: a, pattern: alpha}\n");
        folder.Write("deep/er/b.yaml", "- {id: b, pattern: bravo}\n");

        Assert.Equal(["b", "a"], Load("deep/**/*.yaml", "**/*.yaml").Rules!.Rules.Select(rule => rule.Id));
    }

    [Fact]
    public void The_default_profile_leaves_out_strict_rules_and_strict_has_both()
    {
        folder.Write("a.yaml", "- {id: a, pattern: alpha, profile: strict}\n- {id: b, pattern: bravo}\n");

        Assert.Equal(["b"], Load("a.yaml").Rules!.Rules.Select(rule => rule.Id));
        Assert.Equal(["a", "b"], RuleLoad.From(new RuleSource([folder.PathOf("a.yaml")], Profile.Strict)).Rules!.Rules.Select(rule => rule.Id));
    }

    [Fact]
    public void A_profile_without_rules_is_refused()
    {
        folder.Write("a.yaml", "- {id: a, pattern: alpha, profile: strict}\n");

        Assert.Contains("would mask nothing", Assert.Single(Load("*.yaml").Mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_used_in_two_files_is_refused_with_both_places()
    {
        folder.Write("a.yaml", "- {id: same, pattern: alpha}\n");
        folder.Write("b.yaml", "- {id: other, pattern: bravo}\n- {id: same, pattern: charlie}\n");
        var load = Load("*.yaml");

        Assert.Null(load.Rules);
        Assert.Equal($"{folder.PathOf("b.yaml")}:2:3: same: the id is taken by the rule at {folder.PathOf("a.yaml")}:1", Assert.Single(load.Mistakes).ToString());
    }

    [Fact]
    public void Mistakes_of_all_files_are_told_at_once()
    {
        folder.Write("a.yaml", "- {id: a, pattern: alpha, entropy: x}\n");
        folder.Write("b.yaml", "- [broken");
        var load = Load("*.yaml", "none/*.yaml", "missing.yaml");

        Assert.Null(load.Rules);
        Assert.Equal(
            ["none/*.yaml", "missing.yaml", "a.yaml", "b.yaml"],
            load.Mistakes.Select(mistake => Path.GetRelativePath(folder.Path, mistake.File)));
    }

    [Fact]
    public void A_file_larger_than_the_limit_is_refused()
    {
        using (var file = File.Create(folder.PathOf("a.yaml")))
        {
            file.SetLength(RuleLimits.MaxFileSize + 1L);
        }

        Assert.Contains("more than the", Assert.Single(Load("a.yaml").Mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_refused_with_the_pattern_for_its_files()
    {
        Directory.CreateDirectory(folder.PathOf("mine"));

        Assert.Equal($"{folder.PathOf("mine")}: is a folder; write {folder.PathOf("mine/*.yaml")} for the files in it", Assert.Single(Load("mine").Mistakes).ToString());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_must_not_be_looked_into_is_a_mistake()
    {
        folder.Write("locked/a.yaml", "- {id: a, pattern: alpha}\n");
        File.SetUnixFileMode(folder.PathOf("locked"), UnixFileMode.None);
        try
        {
            // Nothing is locked for root.
            Assert.Equal(Environment.IsPrivilegedProcess ? 0 : 1, Load("locked/*.yaml").Mistakes.Count);
            Assert.Equal(Environment.IsPrivilegedProcess ? 0 : 1, Load("**/*.yaml").Mistakes.Count);
        }
        finally
        {
            File.SetUnixFileMode(folder.PathOf("locked"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_pipe_is_read_to_its_end()
    {
        string pipe = folder.PathOf("pipe");
        await Process.Start("mkfifo", [pipe]).WaitForExitAsync();
        var writing = Task.Run(() => File.WriteAllText(pipe, "- {id: a, pattern: alpha}\n"));

        Assert.Equal(["a"], Load("pipe").Rules!.Rules.Select(rule => rule.Id));
        await writing;
    }

    [Fact]
    public async Task A_pipe_that_nobody_writes_to_is_a_mistake()
    {
        await Process.Start("mkfifo", [folder.PathOf("pipe")]).WaitForExitAsync();

        RuleMistake mistake = Assert.Single(Load("pipe").Mistakes);

        Assert.EndsWith("pipe: can't be read: a pipe that nobody writes to; name a file, or start what writes to it first", mistake.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_follows_the_content_and_nothing_else()
    {
        string path = folder.Write("a.yaml", "- {id: a, pattern: alpha}\n");
        string version = Load("*.yaml").Version;
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        Assert.Matches("^[0-9a-f]{12}$", version);
        Assert.Equal(version, Load("*.yaml").Rules!.Version);
        folder.Write("a.yaml", "- {id: a, pattern: alpha}\n# changed\n");
        Assert.NotEqual(version, Load("*.yaml").Version);
    }

    [Fact]
    public void The_files_of_a_mounted_ConfigMap_count_once()
    {
        folder.Write("..2026_01/a.yaml", "- {id: a, pattern: alpha}\n");
        Directory.CreateSymbolicLink(folder.PathOf("..data"), "..2026_01");
        File.CreateSymbolicLink(folder.PathOf("a.yaml"), "..data/a.yaml");

        Assert.Single(Load("*.yaml").Rules!.Rules);
        Assert.Single(Load("**/*.yaml").Rules!.Rules);
    }

    private RuleLoad Load(params string[] patterns) => RuleLoad.From(new RuleSource([.. patterns.Select(folder.PathOf)], Profile.Default));
}
