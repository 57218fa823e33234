using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact.Chunks;

public sealed class ChunkTests
{
    private const string Text = "The key is \"" + Canary + "\",\nnever share it.";

    public static TheoryData<PayloadEncoding, Signal> Transports => new()
    {
        { PayloadEncoding.Protobuf, Signal.Traces },
        { PayloadEncoding.Protobuf, Signal.Logs },
        { PayloadEncoding.Json, Signal.Traces },
        { PayloadEncoding.Json, Signal.Logs },
    };

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_secret_cut_at_every_position_is_masked_in_each_part(PayloadEncoding encoding, Signal signal)
    {
        for (int cut = 1; cut < Text.Length; cut++)
        {
            AssertMasked([Text[..cut], Text[cut..]], encoding, signal);
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_secret_cut_into_two_to_twenty_chunks_is_masked_in_each_part(PayloadEncoding encoding, Signal signal)
    {
        for (int count = 2; count <= 20; count++)
        {
            var random = new Random(count);
            int[] cuts = [0, .. Enumerable.Range(1, Text.Length - 1).OrderBy(_ => random.Next()).Take(count - 1).Order(), Text.Length];
            AssertMasked([.. cuts.Zip(cuts.Skip(1), (start, end) => Text[start..end])], encoding, signal);
        }
    }

    [Fact]
    public void Log_records_of_other_spans_are_no_chunks()
    {
        ExportLogsServiceRequest request = Logs("cnry-01234567", "89abcdef");
        request.ResourceLogs[0].ScopeLogs[0].LogRecords[1].SpanId = ByteString.CopyFrom(new byte[] { 9, 9, 9, 9, 9, 9, 9, 9 });
        Assert.Equal(request, Run(Signal.Logs, request));
    }

    [Fact]
    public void Text_before_and_behind_the_secret_stays_in_its_chunk() =>
        Assert.Equal(["a [REDACTED:canary]", "[REDACTED:canary]", "[REDACTED:canary] b"], Pieces(Run(Signal.Logs, Logs("a cnry-", "01234567", "89abcdef b"))));

    [Fact]
    public void What_a_name_masks_whole_stays_so_whatever_is_found_in_it_among_others()
    {
        string run = Convert.ToBase64String(Encoding.UTF8.GetBytes($"all of this is the password, {Canary}"));
        ExportTraceServiceRequest request = Traces(run, "hunter2");
        foreach (Span.Types.Event chunk in request.ResourceSpans[0].ScopeSpans[0].Spans[0].Events.Skip(1))
        {
            chunk.Attributes[1].Key = "password";
        }

        Assert.Equal(["[REDACTED:secret-name]", "[REDACTED:secret-name]"], Pieces(Run(Signal.Traces, request)));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_secret_cut_inside_json_deltas_is_masked_in_each_part(PayloadEncoding encoding, Signal signal)
    {
        for (int count = 2; count <= 20; count++)
        {
            for (int first = 1; first <= Text.Length - count; first += encoding == PayloadEncoding.Protobuf && count == 2 ? 1 : 7)
            {
                string[] pieces = Cut(Text, count, first);
                string[] deltas = Redacted([.. pieces.Select((piece, i) => Delta(piece, i))], encoding, signal);
                string joined = string.Concat(deltas.Select(ContentOf));
                Assert.Equal(Text.Replace(Canary, "", StringComparison.Ordinal), joined.Replace("[REDACTED:canary]", "", StringComparison.Ordinal));
                Assert.Contains("[REDACTED:canary]", joined, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(PayloadEncoding.Protobuf)]
    [InlineData(PayloadEncoding.Json)]
    public void A_secret_member_of_tool_arguments_in_json_deltas_is_masked_wherever_they_are_cut(PayloadEncoding encoding)
    {
        const string Arguments = """{"url":"https://a.example","password":"correct horse","pin":123456,"note":"said \"no\""}""";
        for (int count = 2; count <= 20; count += 3)
        {
            for (int first = 1; first <= Arguments.Length - count; first++)
            {
                string[] deltas = Redacted([.. Cut(Arguments, count, first).Select(piece => "data: " + JsonSerializer.Serialize(new { type = "content_block_delta", index = 1, delta = new { partial_json = piece } }) + "\n\n")], encoding, Signal.Logs);
                string joined = string.Concat(deltas.Select(delta => JsonDocument.Parse(delta["data: ".Length..]).RootElement.GetProperty("delta").GetProperty("partial_json").GetString()));
                JsonElement arguments = JsonDocument.Parse(joined).RootElement;
                Assert.Equal("", arguments.GetProperty("password").GetString()!.Replace("[REDACTED:secret-name]", "", StringComparison.Ordinal));
                Assert.Equal("[REDACTED:secret-name]", arguments.GetProperty("pin").GetString());
                Assert.Equal(("https://a.example", "said \"no\""), (arguments.GetProperty("url").GetString(), arguments.GetProperty("note").GetString()));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void An_encoded_secret_that_is_cut_is_masked_in_what_the_parts_mean_together(PayloadEncoding encoding, Signal signal)
    {
        string plain = $"use {Canary} as the key, and tell nobody of it", masked = plain.Replace(Canary, "[REDACTED:canary]", StringComparison.Ordinal);
        string base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)), hex = Convert.ToHexString(Encoding.UTF8.GetBytes(plain));
        string url = Uri.EscapeDataString(plain), escaped = string.Concat(plain.Select(c => char.IsAsciiDigit(c) ? $"\\u{(int)c:x4}" : c.ToString()));
        foreach ((string text, Func<string, string> decode) in new (string, Func<string, string>)[]
        {
            (base64, t => Encoding.UTF8.GetString(Convert.FromBase64String(t))),
            (hex, t => Encoding.UTF8.GetString(Convert.FromHexString(t))),
            (url, Uri.UnescapeDataString),
            (escaped, t => System.Text.RegularExpressions.Regex.Unescape(t.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal))),
        })
        {
            for (int cut = 1; cut < text.Length; cut++)
            {
                string whole = decode(string.Concat(Redacted([text[..cut], text[cut..]], encoding, signal)));
                Assert.Equal(masked, whole.Replace("[REDACTED:canary][REDACTED:canary]", "[REDACTED:canary]", StringComparison.Ordinal));
            }

            for (int count = 3; count <= 20; count++)
            {
                string whole = string.Concat(Redacted(Cut(text, count, 1 + count), encoding, signal));
                Assert.DoesNotContain("456789ab", decode(whole), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void What_chunks_show_together_is_counted_once_and_audited_where_it_is()
    {
        RuleSet rules = RuleSet.Create([Rule("canary", "cnry-[0-9a-f]{16}") with { Severity = Severity.High }], "test");
        ExportLogsServiceRequest request = Logs($"whole {Canary}, and cnry-01234567", "89abcdef");
        request.ResourceLogs.Insert(0, new ResourceLogs { Resource = Service("other"), ScopeLogs = { new ScopeLogs { LogRecords = { new LogRecord { Body = new AnyValue { StringValue = Canary } } } } } });
        request.ResourceLogs[1].Resource = Service("chat");

        foreach (PayloadEncoding encoding in (PayloadEncoding[])[PayloadEncoding.Protobuf, PayloadEncoding.Json])
        {
            RedactionReport report = Run(Signal.Logs, Bytes(request, encoding), rules, encoding).Report;
            Assert.Equal(3, Assert.Single(report.Findings).Count);
            Assert.Equal(["chat", "chat", "other"], report.Audited.Select(a => a.Origin.Service).Order());
            Assert.Equal(2, report.Audited.Count(a => a.Origin == new AuditOrigin("chat", null, new string('0', 32), "0102030405060708") && a.Place == "log.body"));
        }
    }

    [Fact]
    public void A_finding_in_chunks_of_a_conversation_is_counted_by_role_and_part_and_obeys_its_policy()
    {
        ExportTraceServiceRequest request = Traces("the key is cnry-01234567", "89abcdef, says the tool");
        foreach (Span.Types.Event chunk in request.ResourceSpans[0].ScopeSpans[0].Spans[0].Events.Skip(1))
        {
            chunk.Name = "gen_ai.tool.message";
        }

        Assert.Equal("conversation.tool.tool_call_response", Assert.Single(Run(Signal.Traces, request.ToByteArray()).Report.Findings).Place);
        var policy = new ContentPolicy(new ConversationContents([ConversationRole.Tool], []), RuleSelection.All, 1, 1) { Status = OverrideStatus.Off };
        RuleSet rules = RuleSet.Create([Rule("canary", "cnry-[0-9a-f]{16}")], "test", conversations: ConversationPolicy.None with { Policies = [policy] });
        Assert.Equal(request, Run(Signal.Traces, request, rules));
    }

    [Fact]
    public void Fields_and_records_that_hold_a_part_are_dropped_where_the_rule_says_so()
    {
        RuleSet rules = RuleSet.Create([Rule("canary", "cnry-[0-9a-f]{16}", Mask.DropRecord)], "test");
        Assert.Equal(["c"], Pieces(Run(Signal.Logs, Logs("a cnry-01234567", "89abcdef b", "c"), rules)));
    }

    [Fact]
    public void Ids_that_each_chunk_repeats_are_no_stream()
    {
        RuleSet rules = RuleSet.Create([Rule("long", "abcdefgha[a-z]{3}")], "test");
        string[] deltas = [.. Enumerable.Range(0, 4).Select(i => $$"""{"system_fingerprint":"abcdefgh","delta":"{{i}}"}""")];
        Assert.Equal(deltas, Pieces(Run(Signal.Logs, Logs(deltas), rules)));
    }

    private static string[] Cut(string text, int count, int first)
    {
        var random = new Random(count * 1000 + first);
        int[] cuts = [0, first, .. Enumerable.Range(first + 1, text.Length - first - 1).OrderBy(_ => random.Next()).Take(count - 2).Order(), text.Length];
        return [.. cuts.Zip(cuts.Skip(1), (start, end) => text[start..end])];
    }

    private static string Delta(string content, int index) =>
        JsonSerializer.Serialize(new { id = "chatcmpl-1", model = "gpt", choices = new[] { new { index = 0, delta = new { content } } }, created = 1_700_000_000 + index });

    private static string ContentOf(string delta) => JsonDocument.Parse(delta).RootElement.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString()!;

    private static Resource Service(string name) => new() { Attributes = { new KeyValue { Key = "service.name", Value = new AnyValue { StringValue = name } } } };

    private static byte[] Bytes(IMessage request, PayloadEncoding encoding)
    {
        if (encoding == PayloadEncoding.Protobuf)
        {
            return request.ToByteArray();
        }

        // OTLP/JSON has hex where protobuf's own JSON has base64.
        string json = JsonFormatter.Default.Format(request).Replace("AQIDBAUGBwg=", "0102030405060708", StringComparison.Ordinal).Replace("AAAAAAAAAAAAAAAAAAAAAA==", new string('0', 32), StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(json);
    }

    private static string[] Redacted(string[] chunks, PayloadEncoding encoding, Signal signal)
    {
        IMessage request = signal == Signal.Traces ? Traces(chunks) : Logs(chunks);
        byte[] bytes = encoding == PayloadEncoding.Protobuf ? request.ToByteArray() : Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(request));
        ReadOnlyMemory<byte> redacted = Run(signal, bytes, null, encoding).Payload!.Bytes;
        Assert.True(Run(signal, redacted, null, encoding).Payload!.Bytes.Equals(redacted));
        IMessage arrived = encoding == PayloadEncoding.Protobuf ? request.Descriptor.Parser.ParseFrom(redacted.Span) : request.Descriptor.Parser.ParseJson(Encoding.UTF8.GetString(redacted.Span));
        string[] pieces = Pieces(arrived);
        Assert.Equal(chunks.Length, pieces.Length);
        return pieces;
    }

    private static void AssertMasked(string[] chunks, PayloadEncoding encoding, Signal signal)
    {
        string[] pieces = Redacted(chunks, encoding, signal);
        Assert.Equal(Text.Replace(Canary, "", StringComparison.Ordinal), string.Concat(pieces).Replace("[REDACTED:canary]", "", StringComparison.Ordinal));
        Assert.Contains("[REDACTED:canary]", string.Concat(pieces), StringComparison.Ordinal);
    }

    private static ExportTraceServiceRequest Traces(params string[] chunks)
    {
        var span = new Span { Name = "chat", Events = { new Span.Types.Event { Name = "start" } } };
        foreach (string chunk in chunks)
        {
            span.Events.Add(new Span.Types.Event
            {
                Name = "gen_ai.content.chunk",
                Attributes = { new KeyValue { Key = "index", Value = new AnyValue { IntValue = 1 } }, new KeyValue { Key = "content", Value = new AnyValue { StringValue = chunk } } },
            });
        }

        return new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { new ScopeSpans { Spans = { span } } } } } };
    }

    private static ExportLogsServiceRequest Logs(params string[] chunks)
    {
        var records = new ScopeLogs();
        foreach (string chunk in chunks)
        {
            records.LogRecords.Add(new LogRecord
            {
                TraceId = ByteString.CopyFrom(new byte[16]),
                SpanId = ByteString.CopyFrom(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }),
                Body = new AnyValue { StringValue = chunk },
                Attributes = { new KeyValue { Key = "logger", Value = new AnyValue { StringValue = "stream" } } },
            });
        }

        return new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { records } } } };
    }

    private static string[] Pieces(IMessage message) => message is ExportTraceServiceRequest traces
        ? [.. traces.ResourceSpans[0].ScopeSpans[0].Spans[0].Events.Skip(1).Select(e => e.Attributes[1].Value.StringValue)]
        : [.. ((ExportLogsServiceRequest)message).ResourceLogs[0].ScopeLogs[0].LogRecords.Select(r => r.Body.StringValue)];
}
