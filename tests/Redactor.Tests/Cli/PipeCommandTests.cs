using System.Text;
using Redactor.Cli;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Tests.Rules;

namespace Redactor.Tests.Cli;

public sealed class PipeCommandTests
{
    private static readonly RuleSet Rules = RuleText.Compile("""
        - {id: acme, pattern: 'acme_[a-z0-9]{8,}'}
        - {id: login, pattern: 'password\s+([a-z0-9]{8})'}
        - {id: block, pattern: '-----BEGIN KEY-----(?s:.{1,}?)-----END KEY-----', max_length: 16384}
        - {id: named, keys: [secret]}
        """);

    [Fact]
    public async Task Text_comes_out_masked_and_otherwise_as_it_was() =>
        Assert.Equal((null, "a [REDACTED:acme]\r\n\nb [REDACTED:acme]"), await Pipe("a acme_12345678\r\n\nb acme_abcdefgh"));

    [Theory]
    [InlineData("{\"tool\":\"{\\\"secret\\\": \\\"x\\\"}\"}\n", "{\"tool\":\"{\\\"secret\\\": \\\"[REDACTED:named]\\\"}\"}\n")]
    [InlineData("q=acme%5F12345678 ok\n", "q=[REDACTED:acme] ok\n")]
    public async Task What_is_encoded_is_masked_where_it_stands(string text, string expected) => Assert.Equal((null, expected), await Pipe(text));

    [Fact]
    public async Task A_secret_across_lines_is_masked_whole() =>
        Assert.Equal((null, "x\n[REDACTED:block]\ny\n"), await Pipe("x\n-----BEGIN KEY-----\nAAAA\nBBBB\n-----END KEY-----\ny\n"));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(300_000)]
    public void Pieces_of_any_size_give_what_the_whole_text_gives(int size)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, size == 1 ? 500 : 20_000).Select(i =>
            i % 7 == 0 ? $"line {i} acme_{i:00000000}\n" : i % 11 == 0 ? "-----BEGIN KEY-----\nAB\n-----END KEY-----\n" : $"line {i} is password\n  abcdefgh\n")));
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var stream = new TextStream(Rules);
        foreach (byte[] piece in text.Chunk(size))
        {
            stream.Append(piece, output);
        }

        stream.Complete(output);
        Assert.True(TextRedactor.Redact(text, Rules).Bytes.Span.SequenceEqual(output.WrittenSpan));
    }

    [Fact]
    public void A_pause_lets_whole_lines_out_and_holds_the_rest()
    {
        Assert.Equal("one acme [REDACTED:acme]\n", Flushed("one acme acme_12345678\nacme_1234", out var stream));
        Assert.Equal("[REDACTED:acme]\n", Flushed("5678\n", stream));
    }

    [Fact]
    public void A_pause_inside_a_block_holds_it_from_its_first_line()
    {
        Assert.Equal("x\n", Flushed("x\n-----BEGIN KEY-----\nAAAA\n", out var stream));
        Assert.Equal("", Flushed("BBBB\n", stream));
        Assert.Equal("[REDACTED:block]\n", Flushed("-----END KEY-----\n", stream));
    }

    [Fact]
    public void A_block_that_never_ends_is_let_go_at_the_longest_match()
    {
        string lines = string.Concat(Enumerable.Repeat("plain words\n", 2000));

        Assert.Equal("-----BEGIN KEY-----\n" + lines, Flushed("-----BEGIN KEY-----\n" + lines, out _));
    }

    [Fact]
    public void A_value_is_masked_even_where_its_name_went_out_before_a_pause()
    {
        Assert.Equal("password\n", Flushed("password\n", out var stream));
        Assert.Equal("  [REDACTED:login]\n", Flushed("  abcdefgh\n", stream));
    }

    [Fact]
    public void A_line_without_end_is_held_to_a_bound_and_masked()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var stream = new TextStream(Rules);
        byte[] piece = Encoding.ASCII.GetBytes(new string('a', 64 * 1024));
        stream.Append("acme_"u8, output);
        for (int i = 0; i < 100; i++)
        {
            stream.Append(piece, output);
        }

        stream.Complete(output);
        string text = Encoding.ASCII.GetString(output.WrittenSpan);
        Assert.Equal("", text.Replace("[REDACTED:acme]", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task JSON_lines_stay_in_order_and_byte_for_byte_but_for_secrets()
    {
        const string lines = """
            { "a" : 1.50, "b": ["acme_12345678", null] }

              {"secret": "x"}  
            "acme_abcdefgh"
            """;

        var (error, output) = await Pipe(lines, jsonLines: true);
        Assert.Null(error);
        Assert.Equal(
            """
            { "a" : 1.50, "b": ["[REDACTED:acme]", null] }

              {"secret": "[REDACTED:named]"}  
            "[REDACTED:acme]"
            """,
            output);
    }

    [Theory]
    [InlineData("acme_12345678")]
    [InlineData("{\"a\": \"acme_12345678\"")]
    public async Task A_line_that_is_no_JSON_ends_the_pipe_and_is_neither_written_nor_quoted(string line)
    {
        var (error, output) = await Pipe($"{{}}\n\n{line}\n{{}}\n", jsonLines: true);

        Assert.Equal("{}\n\n", output);
        Assert.StartsWith("line 3 is no JSON value", error, StringComparison.Ordinal);
        Assert.DoesNotContain("acme", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_who_is_gone_ends_the_pipe_quietly()
    {
        using var input = new MemoryStream(Encoding.ASCII.GetBytes(new string('\n', 1_000_000)));

        Assert.Null(await PipeCommand.RunAsync(Rules, false, input, new FailingOutput(new IOException("Broken pipe", hresult: 32)), CancellationToken.None));
    }

    [Fact]
    public async Task A_full_disk_is_told_and_not_taken_for_a_reader_who_is_gone()
    {
        using var input = new MemoryStream("text\n"u8.ToArray());

        string? error = await PipeCommand.RunAsync(Rules, false, input, new FailingOutput(new IOException("No space left on device", hresult: 28)), CancellationToken.None);

        Assert.Equal("standard output can't be written: No space left on device", error);
    }

    private static string Flushed(string text, out TextStream stream) => Flushed(text, stream = new TextStream(Rules));

    private static string Flushed(string text, TextStream stream)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        stream.Append(Encoding.UTF8.GetBytes(text), output);
        stream.Flush(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static async Task<(string? Error, string Output)> Pipe(string text, bool jsonLines = false)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var output = new MemoryStream();
        string? error = await PipeCommand.RunAsync(Rules, jsonLines, input, output, CancellationToken.None);
        return (error, Encoding.UTF8.GetString(output.ToArray()));
    }

    private sealed class FailingOutput(IOException failure) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw failure;
    }
}
