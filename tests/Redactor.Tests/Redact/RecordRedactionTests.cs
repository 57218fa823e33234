using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

/// <summary>Records of Kafka: values that are no OTLP message, keys, headers.</summary>
public sealed class RecordRedactionTests
{
    private static readonly RecordEnvelope Bare = new(null, [], 1_700_000_000_000, IsTombstone: false);

    [Fact]
    public void A_text_is_masked_like_the_body_of_a_log()
    {
        var result = Redact(PayloadEncoding.Text, Bytes($"login with {Canary} failed"));

        Assert.Equal("login with [REDACTED:canary] failed", Text(result.Payload!.Bytes));
        Assert.Equal("log.body", Assert.Single(result.Report.Findings).Place);
    }

    [Fact]
    public void Any_json_is_masked_by_its_members_names_and_by_content()
    {
        var result = Redact(PayloadEncoding.AnyJson, Bytes($$"""{"password": "x",  "text": ["{{Canary}}", 1e2]}"""));

        Assert.Equal("""{"password": "[REDACTED:secret-name]",  "text": ["[REDACTED:canary]", 1e2]}""", Text(result.Payload!.Bytes));
    }

    [Fact]
    public void Raw_bytes_that_are_no_text_are_masked_at_equal_length()
    {
        byte[] value = [0xFF, 0xFE, .. Bytes(Canary), 0x00];

        var masked = Redact(PayloadEncoding.Raw, value).Payload!.Bytes.ToArray();

        Assert.Equal([0xFF, 0xFE, .. Bytes(new string('*', Canary.Length)), 0x00], masked);
    }

    [Theory]
    [InlineData(PayloadEncoding.Protobuf, 0x0A)]
    [InlineData(PayloadEncoding.Json, (byte)'[')]
    [InlineData(PayloadEncoding.AnyJson, (byte)'{')]
    [InlineData(PayloadEncoding.Text, 0xFF)]
    public void A_value_that_is_not_of_its_encoding_is_malformed(PayloadEncoding encoding, byte value)
    {
        var result = Redact(encoding, [value], Bare with { Key = Bytes("key") });

        Assert.Equal(RedactionStatus.Malformed, result.Status);
        Assert.Null(result.Payload);
    }

    [Theory]
    [InlineData(PayloadEncoding.Protobuf)]
    [InlineData(PayloadEncoding.Text)]
    [InlineData(PayloadEncoding.AnyJson)]
    public void Keys_and_headers_are_masked_by_name_and_by_content_and_otherwise_kept(PayloadEncoding encoding)
    {
        var envelope = Bare with
        {
            Key = Bytes($"user {Canary}"),
            Headers = [new("x-api-key", Bytes("1234")), new("trace", Bytes(Canary)), new("trace", new byte[] { 0xFF, 0x01 }), new("none", null), new("empty", Array.Empty<byte>())],
        };

        var result = Redact(encoding, encoding == PayloadEncoding.AnyJson ? Bytes("1") : [], envelope);

        var clean = result.Payload!.Envelope!;
        Assert.Equal("user [REDACTED:canary]", Text(clean.Key!.Value));
        Assert.Equal(["x-api-key", "trace", "trace", "none", "empty"], clean.Headers.Select(h => h.Name));
        Assert.Equal("[REDACTED:secret-name]", Text(clean.Headers[0].Value!.Value));
        Assert.Equal("[REDACTED:canary]", Text(clean.Headers[1].Value!.Value));
        Assert.Equal([0xFF, 0x01], clean.Headers[2].Value!.Value.ToArray());
        Assert.Null(clean.Headers[3].Value);
        Assert.Equal(0, clean.Headers[4].Value!.Value.Length);
        Assert.Equal(Bare.Timestamp, clean.Timestamp);
    }

    [Fact]
    public void A_record_without_findings_keeps_the_very_same_bytes()
    {
        byte[] value = Bytes("all is well");
        var envelope = Bare with { Key = Bytes("key"), Headers = [new("h", Bytes("v"))] };

        var clean = Redact(PayloadEncoding.Text, value, envelope).Payload!;

        Assert.True(clean.Bytes.Equals(value));
        Assert.Same(envelope, clean.Envelope);
    }

    [Fact]
    public void A_tombstone_keeps_its_null()
    {
        var clean = Redact(PayloadEncoding.Protobuf, [], Bare with { Key = Bytes(Canary), IsTombstone = true }).Payload!;

        Assert.True(clean.Envelope!.IsTombstone);
        Assert.Equal("[REDACTED:canary]", Text(clean.Envelope.Key!.Value));
    }

    [Fact]
    public void A_mask_that_drops_takes_the_header_or_the_whole_record()
    {
        var rules = Create(FilterEngine.Auto, Rule("field", "gone-[0-9]", Mask.DropField), Rule("record", "burn-[0-9]", Mask.DropRecord));
        var envelope = Bare with { Headers = [new("a", Bytes("gone-1")), new("b", Bytes("v"))] };

        Assert.Equal("b", Assert.Single(Redact(PayloadEncoding.Protobuf, [], envelope, rules).Payload!.Envelope!.Headers).Name);
        Assert.Equal(RedactionStatus.Dropped, Redact(PayloadEncoding.Text, Bytes("burn-1"), Bare, rules).Status);
        var dropped = Redact(PayloadEncoding.Text, Bytes("v"), Bare with { Headers = [new("a", Bytes("burn-1"))] }, rules);
        Assert.Equal((RedactionStatus.Dropped, 1), (dropped.Status, dropped.Report.RecordsDropped));
    }

    [Fact]
    public void Whatever_stands_around_a_secret_is_kept() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNull<string> Before, NonNull<string> After, bool InKey)>(),
            t =>
            {
                string plain = $"{t.Before.Get} {Canary} {t.After.Get}";
                string masked = Text(Bytes(plain)).Replace(Canary, "[REDACTED:canary]", StringComparison.Ordinal);
                var envelope = t.InKey ? Bare with { Key = Bytes(plain) } : Bare with { Headers = [new("h", Bytes(plain))] };

                var clean = Redact(PayloadEncoding.Text, Bytes(plain), envelope).Payload!;

                return Text(clean.Bytes) == masked && Text(clean.Envelope!.Key ?? clean.Envelope.Headers[0].Value!.Value) == masked;
            }).QuickCheckThrowOnFailure();

    private static RedactionResult Redact(PayloadEncoding encoding, byte[] value, RecordEnvelope? envelope = null, RuleSet? rules = null) =>
        PayloadRedactor.Redact(new Payload(Signal.Logs, encoding, value, Origin.None) { Envelope = envelope }, rules ?? TestRules);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
