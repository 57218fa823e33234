using System.Text;
using Redactor.Files;
using Redactor.Rules;
using Redactor.Tests.Rules;

namespace Redactor.Tests.Files;

public sealed class FileScanTests : IDisposable
{
    private static readonly RuleSet Rules = RuleText.Compile("""
        - {id: acme, title: Acme key, pattern: 'acme_[a-z0-9]{8,}'}
        - {id: block, pattern: '-----BEGIN KEY-----(?s:.{1,}?)-----END KEY-----', max_length: 16384}
        - {id: wide, pattern: 'key=acme_[a-z0-9]{8,}'}
        - {id: trial, pattern: 'trial_[a-z0-9]{8}', status: shadow}
        """);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_finding_has_its_line_and_column_in_characters_and_an_excerpt_without_it()
    {
        var finding = Assert.Single(Scan("one\nzwölf acme_12345678 ünd\n").Findings);

        Assert.Equal(new FileFinding(0, 11, 13, new(2, 7), new(2, 20), "zwölf [REDACTED:acme] ünd"), finding);
    }

    [Fact]
    public void A_finding_over_lines_ends_on_its_last()
    {
        var finding = Assert.Single(Scan("x -----BEGIN KEY-----\nAAAA\n-----END KEY----- y\nz").Findings);

        Assert.Equal((new TextPosition(1, 3), new TextPosition(3, 18), "x [REDACTED:block] y"), (finding.Start, finding.End, finding.Excerpt));
    }

    [Fact]
    public void Findings_that_overlap_are_one_and_the_first_rule_names_it()
    {
        var finding = Assert.Single(Scan("key=acme_12345678").Findings);

        Assert.Equal((0, 0L, 17L), (finding.Rule, finding.Offset, finding.Length));
    }

    [Fact]
    public void An_excerpt_hides_its_neighbours_too() =>
        Assert.All(Scan("acme_12345678 acme_abcdefgh trial_12345678").Findings, finding =>
            Assert.Equal("[REDACTED:acme] [REDACTED:acme] [REDACTED:trial]", finding.Excerpt));

    [Fact]
    public void An_excerpt_is_short_and_holds_nothing_that_moves_the_cursor()
    {
        var finding = Assert.Single(Scan("\u001b[2J" + new string('é', 100) + "\u001b[1m\u202eacme_12345678\r\n" + new string('y', 100)).Findings);

        Assert.DoesNotContain(finding.Excerpt, c => char.IsControl(c) || c == '\u202e');
        Assert.InRange(finding.Excerpt.Length, 20, 60);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(300_000)]
    public void A_file_of_any_size_gives_the_same_findings_as_its_text(int lines)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, lines).Select(i => i % 1009 == 500 ? $"{i} acme_{i:00000000}\n" : "plain\n")));
        var report = Scan(text);

        Assert.Equal((text.Length, (string?)null), (report.Length, report.Problem));
        Assert.Equal(Enumerable.Range(0, lines).Where(i => i % 1009 == 500).Select(i => i + 1), report.Findings.Select(f => f.Start.Line));
        Assert.All(report.Findings, f => Assert.StartsWith("acme_", Encoding.UTF8.GetString(text.AsSpan((int)f.Offset, (int)f.Length)), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x = \"acme\\u005f12345678\"", 6, 18)]
    [InlineData("see acme%5F12345678 here", 5, 15)]
    [InlineData("<b>acme&#95;12345678</b>", 4, 17)]
    [InlineData("data: eyJrZXkiOiJhY21lXzEyMzQ1Njc4IiwibiI6MX0= end", 7, 40)]
    [InlineData("data: ZXlKclpYa2lPaUpoWTIxbFh6RXlNelExTmpjNElpd2liaUk2TVgwPQ== end", 7, 56)]
    public void What_is_encoded_is_found_where_it_stands(string text, int column, int length)
    {
        var finding = Assert.Single(Scan(text).Findings);

        Assert.Equal((0, new TextPosition(1, column), (long)length), (finding.Rule, finding.Start, finding.Length));
        Assert.Contains("[REDACTED:acme]", finding.Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_found_as_it_stands_and_decoded_is_told_once() =>
        Assert.Equal(2, Scan("\"acme_12345678\\n\" 'acme_abcdefgh\\t'").Findings.Count);

    [Theory]
    [InlineData("\n")]
    [InlineData(" ")]
    public void What_is_encoded_is_found_wherever_the_parts_of_a_large_file_meet(string between)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes("the key is acme_12345678, never tell it"));
        for (int before = FileLimits.ReadSize - 70; before < FileLimits.ReadSize + 10; before += 7)
        {
            var finding = Assert.Single(Scan(string.Concat(Enumerable.Repeat($"plain{between}", before / 6)) + encoded + string.Concat(Enumerable.Repeat($"{between}(end)", 100_000))).Findings);

            Assert.Equal((before / 6 * 6L, (long)encoded.Length), (finding.Offset, finding.Length));
        }
    }

    [Fact]
    public void What_is_encoded_too_deep_to_be_read_is_a_problem()
    {
        string text = "acme_12345678";
        for (int i = 0; i < 10; i++)
        {
            text = Convert.ToBase64String(Encoding.UTF8.GetBytes("wrapped once more: " + text));
        }

        Assert.Contains("encoded deeper", Scan(text).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_without_end_is_one_finding()
    {
        var finding = Assert.Single(Scan("x acme_" + new string('a', 1_000_000)).Findings);

        Assert.Equal((2L, 1_000_005L, "x [REDACTED:acme]"), (finding.Offset, finding.Length, finding.Excerpt));
    }

    [Fact]
    public void A_file_with_a_NUL_near_its_start_is_binary_and_left_alone() =>
        Assert.Equal((0, null), (Scan("acme_12345678\0").Findings.Count, Scan("acme_12345678\0").Problem));

    [Fact]
    public void A_NUL_further_on_does_not_hide_a_file() =>
        Assert.Single(Scan("acme_12345678" + new string(' ', FileLimits.BinaryProbe) + "\0").Findings);

    [Fact]
    public void A_file_that_is_gone_is_a_problem() =>
        Assert.Equal("is gone", FileScan.Scan(folder.PathOf("none"), Rules).Problem);

    [Fact]
    public void More_findings_than_anyone_reads_are_cut_and_said()
    {
        var report = Scan(string.Concat(Enumerable.Range(0, FileLimits.MaxFindings + 5).Select(i => $"acme_{i:00000000}\n")));

        Assert.Equal(FileLimits.MaxFindings, report.Findings.Count);
        Assert.StartsWith("holds more than 100000 findings", report.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_the_configuration_allows_is_no_finding()
    {
        folder.Write("a", "acme_12345678 acme_87654321");

        var report = FileScan.Scan(folder.PathOf("a"), RuleText.Compile("- {id: acme, pattern: 'acme_[a-z0-9]{8,}'}", AllowList.Create(["acme_1.*"], [])));

        Assert.Equal(new TextPosition(1, 15), Assert.Single(report.Findings).Start);
    }

    private FileReport Scan(string text) => Scan(Encoding.UTF8.GetBytes(text));

    private FileReport Scan(byte[] text)
    {
        File.WriteAllBytes(folder.PathOf("file"), text);
        return FileScan.Scan(folder.PathOf("file"), Rules);
    }
}
