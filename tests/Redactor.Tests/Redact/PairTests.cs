using System.Text;
using Redactor.Redact;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

/// <summary>Attributes as they are spelled on the wire: those of the usual form are taken apart at once, where enough stands behind them, and must be read as all others are.</summary>
public sealed class PairTests
{
    private const int Key = 1, Value = 2, Text = 1, Bool = 2, Int = 3;

    /// <summary>More than what is read at once of a pair and behind it.</summary>
    private static readonly byte[] Tail = Field(3, [.. Enumerable.Repeat((byte)'x', 300)]);

    public static TheoryData<string, byte[]> Pairs => new()
    {
        { "text", Pair("k", Field(Text, Encoding.UTF8.GetBytes(Canary))) },
        { "text behind a step of copying", Pair("k", Field(Text, Encoding.UTF8.GetBytes(new string('.', 64) + Canary))) },
        { "text with escapes", Pair("k", Field(Text, Encoding.UTF8.GetBytes(new string('.', 40) + "\\u0063nry-0123456789abcdef"))) },
        { "text in a list", Pair("k", Field(5, Field(1, Field(Text, Encoding.UTF8.GetBytes(Canary))))) },
        { "key", Pair(Canary, Field(Text, [])) },
        { "key beside a number", Pair(Canary, Number(Int, 7)) },
        { "secret name beside a text", Pair("pin", Field(Text, "12"u8.ToArray())) },
        { "secret name beside a number", Pair("pin", Number(Int, 12)) },
        { "secret name of a hundred bytes", Pair(new string('n', 95) + ".pin", Field(Text, "12"u8.ToArray())) },
        { "number", Pair("k", Number(Int, (ulong)Card)) },
        { "number with an overlong varint", Pair("k", [Int << 3, .. Overlong((ulong)Card)]) },
        { "number before a text", Pair("k", [.. Number(Int, 1), .. Field(Text, Encoding.UTF8.GetBytes(Canary))]) },
        { "text before a text", Pair("k", [.. Field(Text, "a"u8.ToArray()), .. Field(Text, Encoding.UTF8.GetBytes(Canary))]) },
        { "bool before a text", Pair("k", [.. Number(Bool, 1), .. Field(Text, Encoding.UTF8.GetBytes(Canary))]) },
        { "value before its key", Field(9, [.. Field(Value, Field(Text, "12"u8.ToArray())), .. Field(Key, "pin"u8.ToArray())]) },
        { "two keys", Field(9, [.. Field(Key, "k"u8.ToArray()), .. Field(Key, "pin"u8.ToArray()), .. Field(Value, Field(Text, "12"u8.ToArray()))]) },
        { "key behind its value", Field(9, [.. Field(Key, "k"u8.ToArray()), .. Field(Value, Field(Text, "12"u8.ToArray())), .. Field(Key, "pin"u8.ToArray())]) },
        { "unknown field behind the value", Field(9, [.. Field(Key, "k"u8.ToArray()), .. Field(Value, Field(Text, "12"u8.ToArray())), .. Field(14, Encoding.UTF8.GetBytes(Canary))]) },
        { "no key", Field(9, Field(Value, Field(Text, Encoding.UTF8.GetBytes(Canary)))) },
        { "bytes", Pair("k", Field(7, Encoding.UTF8.GetBytes(Canary))) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_is_secret_in_a_pair_is_masked_whatever_stands_around_it(string what, byte[] pair)
    {
        byte[] plain = Pair("a", Field(Text, "b"u8.ToArray())), small = Pair("c", Number(Int, 200)), none = Pair("d", []);
        foreach (byte[] tail in (byte[][])[[], Tail])
        {
            foreach (byte[][] span in (byte[][][])[[pair], [pair, pair], [plain, pair], [plain, small, pair, plain], [small, none, plain, pair, small, pair]])
            {
                byte[] request = Span([.. span.SelectMany(field => field), .. tail]);
                RedactionResult first = Run(Signal.Traces, request), again = Run(Signal.Traces, request);

                Assert.True(first.Status == RedactionStatus.Ok, what);
                Assert.Equal(span.Count(field => field == pair), first.Report.Findings.Sum(finding => (int)finding.Count));
                Assert.Equal(-1, first.Payload!.Bytes.Span.IndexOf("cnry-0"u8));
                Assert.Equal(first.Payload.Bytes.ToArray(), again.Payload!.Bytes.ToArray());
                Assert.Equal(first.Report.Findings, again.Report.Findings);
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 9 << 3 | 2, 8, 10, 1, (byte)'k', 18, 4, 10, 2, (byte)'x' })] // the text ends behind its pair
    [InlineData(new byte[] { 9 << 3 | 2, 7, 10, 1, (byte)'k', 18, 2, 24, 0x80 })] // the number does not end in its value
    [InlineData(new byte[] { 9 << 3 | 2, 7, 10, 6, (byte)'k', 18, 2, 24, 1 })] // the key ends behind its pair
    [InlineData(new byte[] { 9 << 3 | 2, 7, 10, 1, (byte)'k', 18, 3, 24, 1 })] // the value ends behind its pair
    public void A_broken_pair_is_refused_whatever_stands_around_it(byte[] pair)
    {
        byte[] plain = Pair("a", Field(Text, "b"u8.ToArray()));
        foreach (byte[] tail in (byte[][])[[], Tail])
        {
            Assert.Equal(RedactionStatus.Malformed, Run(Signal.Traces, Span([.. pair, .. tail])).Status);
            Assert.Equal(RedactionStatus.Malformed, Run(Signal.Traces, Span([.. plain, .. pair, .. tail])).Status);
        }
    }

    [Fact]
    public void A_secret_is_found_wherever_a_text_ends_and_however_far_it_is_from_the_end_of_the_request()
    {
        for (int before = 0; before < 100; before++)
        {
            byte[] pair = Pair("k", Field(Text, Encoding.UTF8.GetBytes(new string('.', before) + Canary)));
            for (int behind = 0; behind < 300; behind += before % 5 == 0 ? 1 : 37)
            {
                RedactionResult result = Run(Signal.Traces, Span([.. pair, .. Field(3, [.. Enumerable.Repeat((byte)'x', behind)])]));
                Assert.Equal(1, result.Report.Findings.Sum(finding => (int)finding.Count));
                Assert.Equal(-1, result.Payload!.Bytes.Span.IndexOf("cnry-0"u8));
            }
        }
    }

    private static byte[] Span(byte[] fields) => Field(1, Field(2, Field(2, fields)));

    private static byte[] Pair(string key, byte[] value) => Field(9, [.. Field(Key, Encoding.UTF8.GetBytes(key)), .. Field(Value, value)]);

    private static byte[] Field(int number, byte[] content) => [.. Varint((ulong)((number << 3) | 2)), .. Varint((ulong)content.Length), .. content];

    private static byte[] Number(int number, ulong value) => [(byte)(number << 3), .. Varint(value)];

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    private static byte[] Overlong(ulong value) => [.. Varint(value)[..^1], (byte)(Varint(value)[^1] | 0x80), 0];
}
