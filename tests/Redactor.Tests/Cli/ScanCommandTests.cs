using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Redactor.Cli;
using Redactor.Known.Sources;
using Redactor.Reports;
using Redactor.Rules;
using Redactor.Tests.Known;
using Redactor.Tests.Rules;

namespace Redactor.Tests.Cli;

public sealed class ScanCommandTests : IDisposable
{
    private const string Secret = "acme_12345678";

    private static readonly RuleSet Rules = RuleText.Compile("""
        - {id: acme, title: Acme key, pattern: 'acme_[a-z0-9]{8}', severity: high, tags: [credential]}
        - {id: trial, title: Trial key, pattern: 'trial_[a-z0-9]{8}', status: shadow}
        """);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Nothing_found_is_exit_0_and_no_output()
    {
        folder.Write("a", "plain");

        Assert.Equal((0, "", ""), Scan(Text));
    }

    [Fact]
    public void Findings_are_told_a_line_each_in_the_order_of_the_files()
    {
        folder.Write("b", $"x {Secret}\n");
        folder.Write("a", $"\n{Secret} y\n");

        Assert.Equal(
            (1, $"{folder.PathOf("a")}:2:1 acme Acme key: [REDACTED:acme] y\n{folder.PathOf("b")}:1:3 acme Acme key: x [REDACTED:acme]\n", ""),
            Scan(Text));
    }

    [Fact]
    public void What_a_shadow_rule_finds_is_told_and_fails_nothing()
    {
        folder.Write("a", "trial_12345678");

        Assert.Equal((0, $"{folder.PathOf("a")}:1:1 trial Trial key (shadow): [REDACTED:trial]\n", ""), Scan(Text));
    }

    [Fact]
    public void A_path_that_can_not_be_read_is_one_line_and_the_others_are_scanned()
    {
        string a = folder.Write("a", Secret);
        (int exit, string output, string errors) = Scan(Text, folder.PathOf("none"), a);

        Assert.Equal((2, $"{a}:1:1 acme Acme key: [REDACTED:acme]\n", $"redactor: {folder.PathOf("none")}: no such file or folder\n"), (exit, output, errors));
    }

    [Fact]
    public async Task A_known_secret_is_told_by_its_name_as_it_stands_and_encoded()
    {
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)), code = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret));
        using var sources = new TemporaryFolder();
        var store = KnownTesting.Store(new FileSource(sources.Write("chat", secret), "chat", KnownTesting.NoMetadata));
        await store.RefreshAsync(CancellationToken.None);
        string a = folder.Write("a", $"x {secret}\n0x{code}\n");

        Assert.Equal(
            (1, $"{a}:1:3 known:chat Known secret: x [REDACTED:known:chat]\n{a}:2:3 known:chat Known secret: 0x[REDACTED:known:chat]\n", ""),
            Scan(Text, KnownTesting.RulesOf(store), [folder.Path]));
    }

    [Fact]
    public void What_is_encoded_is_told_in_every_form_at_the_place_of_its_code()
    {
        string code = Convert.ToBase64String(Encoding.UTF8.GetBytes($"the key is {Secret}, never tell it"));
        string a = folder.Write("a", $"one\nx {code}\n");

        Assert.Equal((1, $"{a}:2:3 acme Acme key: x [REDACTED:acme]\n", ""), Scan(Text));
        using var json = JsonDocument.Parse(Scan((o, r) => new JsonReport(o, r)).Output);
        Assert.Equal((2, 3, 6, code.Length), Place(Assert.Single(json.RootElement.EnumerateArray()), "line", "column", "offset", "length"));
        using var sarif = JsonDocument.Parse(Scan((o, r) => new SarifReport(o, r)).Output);
        var region = Assert.Single(sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray())
            .GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        Assert.Equal((2, 3, 2, 3 + code.Length), Place(region, "startLine", "startColumn", "endLine", "endColumn"));

        static (int, int, int, int) Place(JsonElement of, string first, string second, string third, string fourth) =>
            (of.GetProperty(first).GetInt32(), of.GetProperty(second).GetInt32(), of.GetProperty(third).GetInt32(), of.GetProperty(fourth).GetInt32());
    }

    [Fact]
    public void The_JSON_form_is_one_array()
    {
        string a = folder.Write("a", $"x {Secret}");
        using var json = JsonDocument.Parse(Scan((o, r) => new JsonReport(o, r)).Output);
        var finding = Assert.Single(json.RootElement.EnumerateArray());

        Assert.Equal((a, 1, 3, 2, "acme", "high"), (
            finding.GetProperty("file").GetString(), finding.GetProperty("line").GetInt32(), finding.GetProperty("column").GetInt32(),
            finding.GetProperty("offset").GetInt32(), finding.GetProperty("rule").GetString(), finding.GetProperty("severity").GetString()));
    }

    [Fact]
    public void The_SARIF_form_names_rules_regions_and_what_was_not_read()
    {
        folder.Write("a b", $"\nx {Secret}\n");
        using var sarif = JsonDocument.Parse(Scan((o, r) => new SarifReport(o, r), folder.Path, folder.PathOf("none")).Output);
        var root = sarif.RootElement;
        var run = Assert.Single(root.GetProperty("runs").EnumerateArray());
        var result = Assert.Single(run.GetProperty("results").EnumerateArray());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        var region = place.GetProperty("region");
        var invocation = run.GetProperty("invocations")[0];

        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        Assert.Equal("acme", rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        Assert.Equal("error", result.GetProperty("level").GetString());
        Assert.Equal(new Uri(folder.PathOf("a b")).AbsoluteUri, place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal((2, 3, 2, 16, 3, 13), (Number(region, "startLine"), Number(region, "startColumn"), Number(region, "endLine"), Number(region, "endColumn"), Number(region, "byteOffset"), Number(region, "byteLength")));
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal("no such file or folder", invocation.GetProperty("toolExecutionNotifications")[0].GetProperty("message").GetProperty("text").GetString());
    }

    [Fact]
    public void A_fingerprint_survives_moved_lines_and_does_not_tell_the_value()
    {
        string[] texts = [$"x {Secret}\n", $"\n\nx {Secret}\n", "x acme_abcdefgh\n", $"other {Secret}\n", $"x {Secret}\nx {Secret}\n"];
        string[][] prints = [.. texts.Select(text =>
        {
            folder.Write("a", text);
            using var sarif = JsonDocument.Parse(Scan((o, r) => new SarifReport(o, r)).Output);
            return sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
                .Select(result => result.GetProperty("partialFingerprints").GetProperty("maskedContext/v1").GetString()!).ToArray();
        })];

        Assert.Equal(prints[0], prints[1]);
        Assert.Equal(prints[0], prints[2]);
        Assert.NotEqual(prints[0], prints[3]);
        Assert.Equal(2, prints[4].Distinct().Count());
    }

    [Fact]
    public void No_form_holds_what_was_found()
    {
        folder.Write("a", $"x {Secret} trial_12345678 {Secret}\n");
        foreach (var form in (Func<Stream, RuleSet, IFindingReport>[])[Text, (o, r) => new JsonReport(o, r), (o, r) => new SarifReport(o, r)])
        {
            Assert.DoesNotContain("12345678", Scan(form).Output, StringComparison.Ordinal);
        }
    }

    private static IFindingReport Text(Stream output, RuleSet rules) => new TextReport(output, rules);

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private (int Exit, string Output, string Errors) Scan(Func<Stream, RuleSet, IFindingReport> form, params string[] paths) => Scan(form, Rules, paths.Length == 0 ? [folder.Path] : paths);

    private static (int Exit, string Output, string Errors) Scan(Func<Stream, RuleSet, IFindingReport> form, RuleSet rules, string[] paths)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter { NewLine = "\n" };
        using var report = form(output, rules);
        int exit = ScanCommand.Run(paths, rules, report, errors, progress: null);
        return (exit, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }
}
