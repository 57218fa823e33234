using System.Buffers;
using System.Text;
using Redactor.Scanning.Judging;

namespace Redactor.Scanning.Tests.Exact;

public class ScannerExactValuesTests
{
    private static readonly ScanRule[] Rules =
    [
        new() { Id = "key", Pattern = "sk-[a-z0-9]{8}" },
        new() { Id = "known" },
    ];

    [Theory]
    [InlineData(FilterEngine.Auto)]
    [InlineData(FilterEngine.Scalar)]
    [InlineData(FilterEngine.None)]
    public void Values_and_rules_are_found_together_in_order(FilterEngine engine)
    {
        byte[] value = "no-pattern-of-ours"u8.ToArray();
        Scanner scanner = Compile(engine, value);
        Assert.Equal(
            [new Finding(1, 3, 18), new Finding(0, 22, 11), new Finding(1, 34, 18)],
            Scan(scanner, "to no-pattern-of-ours sk-abcd1234 no-pattern-of-ours"u8));
    }

    [Fact]
    public void Findings_of_a_buffer_are_those_of_its_units_wherever_they_are_cut()
    {
        byte[] value = "AAAAABBBBBCCCCCDDDDDEEEEE"u8.ToArray(), inner = value[3..20];
        Scanner scanner = Compile(FilterEngine.Auto, value, inner);
        byte[] buffer = [.. "J"u8, .. value, .. value, .. inner, .. "0"u8, .. value];
        var candidates = new CandidateList();
        scanner.FindCandidates(buffer, candidates);
        var findings = new FindingList();
        for (int start = 0; start < buffer.Length; start++)
        {
            for (int length = 0; start + length <= buffer.Length; length++)
            {
                Assert.Equal(ScanStatus.Complete, scanner.Confirm(buffer, start, length, candidates, findings));
                Assert.Equal(Scan(scanner, buffer.AsSpan(start, length)), findings.Items.ToArray());
            }
        }
    }

    [Fact]
    public void A_stream_in_pieces_has_the_findings_of_the_whole()
    {
        byte[] value = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 7919 >> 5))];
        Scanner scanner = Compile(FilterEngine.Auto, value, "short-but-known-value"u8.ToArray());
        byte[] text = [.. Enumerable.Range(0, 60).SelectMany(i => (byte[])[.. value, .. new byte[i], .. "short-but-known-value"u8])];
        var found = new List<StreamFinding>();
        scanner.Scan(new ReadOnlySequence<byte>(text), found.Add);
        Assert.Equal(120, found.Count);
        Assert.Equal(Scan(scanner, text).Select(f => new StreamFinding(f.Rule, f.Start, f.Length)), found);
    }

    [Fact]
    public void A_value_is_found_once_wherever_the_parts_of_a_long_text_end()
    {
        const int Part = 128 * 1024;
        byte[] value = "no-pattern-of-ours"u8.ToArray();
        Scanner scanner = Compile(FilterEngine.Auto, value);
        for (int start = Part - 70; start < Part + 70; start++)
        {
            byte[] text = [.. Enumerable.Repeat((byte)' ', 2 * Part + 500)];
            value.CopyTo(text, start);
            value.CopyTo(text, start + Part);
            Assert.Equal([new Finding(1, start, value.Length), new Finding(1, start + Part, value.Length)], Scan(scanner, text));
        }
    }

    [Fact]
    public void Values_of_all_lengths_and_kinds_are_found_together_by_the_ten_thousand()
    {
        var random = new Random(8);
        string[] kinds = ["abcdefghijklmnopqrstuvwxyzABCDEF0123456789_-", "abcdefghijklmnopqrstuvwxyz0123456789:.,{}", "abcdefghijklmnopqrstuvwxyz0123456789 é\n"];
        byte[][] values = [.. Enumerable.Range(0, 12_000).Select(i => random.GetItems(Encoding.Latin1.GetBytes(kinds[i % 3]), random.Next(8, 41)))];
        Scanner scanner = Compile(FilterEngine.Auto, values);
        foreach (byte[] value in values.Where((_, i) => i % 40 < 3))
        {
            byte[] text = [.. Enumerable.Repeat((byte)' ', 300), .. value, .. " "u8];
            Assert.Contains(new Finding(1, 300, value.Length), Scan(scanner, text));
        }
    }

    [Fact]
    public void A_label_that_holds_a_value_stays_as_it_is()
    {
        Scanner scanner = Compile(FilterEngine.Auto, "openai-project-key"u8.ToArray());
        Assert.Empty(Scan(scanner, "[REDACTED:openai-project-key]"u8));
        Assert.Single(Scan(scanner, "[REDACTED:openai-project-key] openai-project-key"u8));
    }

    [Fact]
    public void Text_made_of_one_byte_costs_no_more_than_its_budget()
    {
        byte[][] values = [.. Enumerable.Range(16, 400).Select(length => new byte[length])];
        Scanner scanner = Compile(FilterEngine.Auto, values);
        var findings = new FindingList();
        Assert.Equal(ScanStatus.OverBudget, scanner.Scan(new byte[100_000], findings));
        Assert.Equal(ScanStatus.Complete, scanner.Scan(new byte[20], findings));
        Assert.Equal(5 + 4 + 3 + 2 + 1, findings.Count);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(16 * 1024 + 1)]
    public void A_value_of_another_length_is_refused_without_its_text(int length)
    {
        byte[] value = [.. Enumerable.Repeat((byte)'q', length)];
        var e = Assert.Throws<ArgumentException>(() => Compile(FilterEngine.Auto, value));
        Assert.Contains("8 to 16384 bytes", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("qqq", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pass=hunter2x, ok", true)]
    [InlineData("hunter2x", true)]
    [InlineData("a-hunter2x.b", true)]
    [InlineData("hunter2xy", false)]
    [InlineData("9hunter2x", false)]
    [InlineData("x_hunter2x", false)]
    public void A_value_of_less_than_16_bytes_is_found_only_where_it_is_no_part_of_a_word(string text, bool found)
    {
        Scanner scanner = Compile(FilterEngine.Auto, "hunter2x"u8.ToArray(), "a-value-of-more-bytes"u8.ToArray());
        Assert.Equal(found ? [new Finding(1, text.IndexOf("hunter2x", StringComparison.Ordinal), 8)] : [], Scan(scanner, Encoding.ASCII.GetBytes(text)));
        Assert.Single(Scan(scanner, "x_a-value-of-more-bytesy"u8));
    }

    [Fact]
    public void An_encoded_value_is_found_within_a_word_however_short_it_is()
    {
        var values = new ExactValues([new ExactValue(1, "aHVudGVy"u8.ToArray(), Encoded: true), new ExactValue(1, "hunter2x"u8.ToArray())]);
        Scanner scanner = Scanner.Compile(Rules, new ScannerOptions { Values = [values] });
        Assert.Equal([new Finding(1, 4, 8)], Scan(scanner, "YWI6aHVudGVyMng xhunter2x"u8));
    }

    [Fact]
    public void A_short_value_that_begins_with_a_sign_stands_alone_behind_a_letter()
    {
        Scanner scanner = Compile(FilterEngine.Auto, "!hunter2"u8.ToArray());
        Assert.Single(Scan(scanner, "x!hunter2"u8));
        Assert.Empty(Scan(scanner, "!hunter2x"u8));
    }

    [Fact]
    public void Short_values_of_every_length_are_found_at_every_place_beside_long_ones()
    {
        byte[][] values = [.. Enumerable.Range(8, 20).Select(length => Encoding.ASCII.GetBytes(new string((char)('a' + length - 8), length - 1) + "#"))];
        Scanner scanner = Compile(FilterEngine.Auto, values);
        for (int before = 0; before < 40; before++)
        {
            byte[] text = [.. new byte[before], .. values.SelectMany(v => v)];
            Assert.Equal(values.Length, Scan(scanner, text).Length);
        }
    }

    [Fact]
    public void Values_of_several_sets_are_found_together_and_a_set_serves_many_scanners()
    {
        var old = new ExactValues([new ExactValue(1, "the-value-of-yesterday"u8.ToArray())]);
        var now = new ExactValues([new ExactValue(1, "the-value-of-today"u8.ToArray())]);
        byte[] text = "the-value-of-today, the-value-of-yesterday"u8.ToArray();
        Assert.Equal(2, Scan(Scanner.Compile(Rules, new ScannerOptions { Values = [now, old] }), text).Length);
        Assert.Single(Scan(Scanner.Compile(Rules, new ScannerOptions { Values = [now] }), text));
    }

    [Theory]
    [InlineData("[REDACTED:known:prod-chat]", true)]
    [InlineData("[REDACTED:known:prod-chat:2]", true)]
    [InlineData("[REDACTED:known:2]", true)]
    [InlineData("[REDACTED:known:Prod]", false)]
    [InlineData("[REDACTED:known:-a]", false)]
    [InlineData("[REDACTED:known:]", false)]
    [InlineData("[REDACTED:other:prod-chat]", false)]
    public void The_label_of_a_known_secret_is_a_label(string text, bool isLabel) =>
        Assert.Equal(isLabel, MaskText.TryFind(Encoding.ASCII.GetBytes(text), 0, out int start, out int end, out _) && start == 0 && end == text.Length);

    [Fact]
    public void The_scanner_keeps_no_value()
    {
        byte[] value = Encoding.ASCII.GetBytes("cleared-after-" + "compiling");
        byte[] text = [.. value];
        Scanner scanner = Compile(FilterEngine.Auto, value);
        Array.Clear(value);
        Assert.Single(Scan(scanner, text));
    }

    private static Scanner Compile(FilterEngine engine, params byte[][] values) =>
        Scanner.Compile(Rules, new ScannerOptions { Engine = engine, Values = [new ExactValues([.. values.Select(v => new ExactValue(1, v))])] });

    private static Finding[] Scan(Scanner scanner, ReadOnlySpan<byte> text)
    {
        var findings = new FindingList();
        Assert.Equal(ScanStatus.Complete, scanner.Scan(text, findings));
        return findings.Items.ToArray();
    }
}
