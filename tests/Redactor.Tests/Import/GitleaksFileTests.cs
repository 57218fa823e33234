using System.Text;
using Redactor.Cli;
using Redactor.Import;
using Redactor.Rules;

namespace Redactor.Tests.Import;

public sealed class GitleaksFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_rule_keeps_its_id_description_regex_entropy_and_tags()
    {
        var rule = Assert.Single(Convert("""
            title = "made up"
            [[rules]]
            id = "acme-key"
            description = "An Acme key: it's one"
            regex = '''(?i)\bacme_([a-z0-9]{32})(?:['"\s\x60;]|$)'''
            entropy = 3.5
            keywords = ["acme_"]
            tags = ["api", "acme"]
            """).Rules);

        Assert.Equal(("acme-key", "An Acme key: it's one", @"(?i)\bacme_([a-z0-9]{32})(?:['""\s\x60;]|$)", 3.5), (rule.Id, rule.Title, rule.Scan.Pattern, rule.Scan.Entropy));
        Assert.Equal(["api", "acme"], rule.Tags);
        Assert.Empty(rule.Scan.Keywords);
    }

    [Theory]
    [InlineData("(a1)_acme_(b{9})", 2, "(?:a1)_acme_(b{9})")]
    [InlineData("(?P<n>acme_)[(](x\\()(?:(y)|z)", 3, "(?:acme_)[(](?:x\\()(?:(y)|z)")]
    [InlineData("acme_[[:alpha:](](\\Q(\\E)(y)", 2, "acme_[[:alpha:](](?:\\Q(\\E)(y)")]
    [InlineData("acme_([a-z]{9})", 0, "acme_([a-z]{9})")]
    public void The_group_that_holds_the_secret_becomes_the_first(string regex, int group, string pattern) =>
        Assert.Equal(pattern, Assert.Single(Convert($"[[rules]]\nid = 'acme'\nregex = '''{regex}'''\nsecretGroup = {group}\n").Rules).Scan.Pattern);

    [Theory]
    [InlineData("id = 'a'\npath = '''\\.p12$'''", "left out: it looks at paths only")]
    [InlineData("id = 'a'", "left out: it has no regex")]
    [InlineData("id = '--'\nregex = 'acme_x'", "left out: it has no usable id")]
    [InlineData("id = 'a'\nregex = '''acme(?=x)'''", "left out: ")]
    [InlineData("id = 'a'\nregex = '''(acme)x'''\nsecretGroup = 2", "left out: \"secretGroup\" is 2, and the regex has fewer groups")]
    [InlineData("id = 'a'\nregex = '''[a-z]+'''\nkeywords = ['q~']", "left out: nothing in this pattern is rare enough")]
    public void A_rule_that_can_not_be_converted_is_left_out_and_said(string rule, string note)
    {
        var conversion = Convert($"[[rules]]\n{rule}\n");

        Assert.Empty(conversion.Rules);
        Assert.StartsWith(note, Assert.Single(conversion.Notes).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("path = '''x'''", "\"path\" is left out")]
    [InlineData("[[rules.allowlists]]\nregexes = ['a', 'b']\nstopwords = ['c']", "an allow list is left out, with regexes (2), stopwords (1)")]
    [InlineData("[rules.allowlist]\npaths = ['a']", "an allow list is left out, with paths (1)")]
    [InlineData("[[rules.required]]\nid = 'b'", "\"required\" is left out")]
    [InlineData("verify = true", "\"verify\" is left out")]
    [InlineData("entropy = 9", "\"entropy\" is left out")]
    public void What_a_rule_loses_is_said(string more, string note)
    {
        var conversion = Convert($"[[rules]]\nid = 'acme'\nregex = '''acme_[a-z]{{9}}'''\n{more}\n");

        Assert.Single(conversion.Rules);
        Assert.StartsWith(note, Assert.Single(conversion.Notes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keywords_are_used_where_the_pattern_needs_them()
    {
        var conversion = Convert("[[rules]]\nid = 'acme'\nregex = '''[a-z0-9]{20,40}'''\nkeywords = ['acme']\n");

        Assert.Equal(["acme"], Assert.Single(conversion.Rules).Scan.Keywords);
        Assert.StartsWith("a match must hold one of the keywords", Assert.Single(conversion.Notes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_made_to_fit_and_stay_unique()
    {
        var conversion = Convert("[[rules]]\nid = 'Acme_Key'\nregex = 'acme_x'\n[[rules]]\nid = 'acme-key'\nregex = 'acme_y'\n");

        Assert.Equal("acme-key", Assert.Single(conversion.Rules).Id);
        Assert.Equal([1, 4], conversion.Notes.Select(n => n.Line));
    }

    [Fact]
    public void A_global_allow_list_and_an_extension_are_said() =>
        Assert.Equal(2, Convert("[extend]\nuseDefault = true\n[allowlist]\nregexes = ['x']\n[[rules]]\nid = 'a'\nregex = 'acme_x'\n").Notes.Count);

    [Fact]
    public async Task What_is_written_is_a_rule_file_that_holds_the_same_rules()
    {
        string toml = folder.Write("gitleaks.toml", """
            [[rules]]
            id = "a"
            description = "It's: \"odd\" # really\tso"
            regex = '''acme_['"\x60]{1,3}([^\s'"]{20}) #'''
            [[rules]]
            id = "b"
            regex = "[a-z0-9]{20,40}"
            keywords = ["null", "acme: 'x'"]
            entropy = 3
            tags = ["1", "a b"]
            """);
        using var output = new StringWriter();
        using var errors = new StringWriter { NewLine = "\n" };
        Assert.Equal(0, await ImportCommand.RunAsync(toml, output, errors));
        var mistakes = new List<RuleMistake>();
        var written = RuleFile.Read("out.yaml", Encoding.UTF8.GetBytes(output.ToString()), mistakes);

        Assert.Empty(mistakes);
        var expected = Convert(await File.ReadAllTextAsync(toml)).Rules;
        Assert.Equal(expected.Select(Shown), written.Rules.Select(Shown));
        Assert.EndsWith("2 rules converted, 0 left out\n", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a = ", "gitleaks.toml:1: this is no value: a text needs quotes\n")]
    [InlineData("a = 1", "gitleaks.toml:1: no [[rules]]: this is no gitleaks configuration\n")]
    public async Task A_file_that_is_something_else_is_one_clear_line(string content, string error)
    {
        string file = folder.Write("gitleaks.toml", content);
        using var output = new StringWriter();
        using var errors = new StringWriter { NewLine = "\n" };

        Assert.Equal(2, await ImportCommand.RunAsync(file, output, errors));
        Assert.Equal(("", error), (output.ToString(), errors.ToString().Replace(folder.Path + "/", "", StringComparison.Ordinal)));
    }

    private static Conversion Convert(string toml) => GitleaksFile.Convert("test.toml", toml);

    private static string Shown(Rule rule) =>
        $"{rule.Id}|{rule.Title}|{rule.Scan.Pattern}|{rule.Scan.Entropy}|{string.Join(',', rule.Scan.Keywords)}|{string.Join(',', rule.Tags)}";
}
