using System.Text;
using Google.Protobuf;
using Redactor.Forward.Stages;
using Redactor.Otlp;

namespace Redactor.Tests.Forward;

public sealed class SplitStageTests
{
    private static readonly ExportOutcome TooLarge = new ExportOutcome.Refused(Refusal.BackendTooLarge, "too large");

    [Fact]
    public async Task A_batch_that_is_too_large_arrives_in_parts_in_order_with_all_that_it_held()
    {
        var request = Request(["a", "b", "c"], ["d"], ["e", "f", "g"]);
        var accepted = new List<ExportTraceServiceRequest>();
        using var stage = new SplitStage(new ScriptedExporter((payload, _) =>
        {
            var part = ExportTraceServiceRequest.Parser.ParseFrom(payload.Bytes.Span);
            if (Names(part).Length > 2)
            {
                return Task.FromResult(TooLarge);
            }

            accepted.Add(part);
            return Task.FromResult(ExportOutcome.Success);
        }));

        Assert.Equal(ExportOutcome.Success, await stage.ExportAsync(TestPayload.Of(request.ToByteArray()), default));

        Assert.Equal("abcdefg", string.Concat(accepted.SelectMany(Names)));
        Assert.All(accepted.SelectMany(p => p.ResourceSpans), r => Assert.Equal(r.ScopeSpans[0].Spans[0].Name[0] < 'd' ? "r0" : r.ScopeSpans[0].Spans[0].Name[0] < 'e' ? "r1" : "r2", r.SchemaUrl));
    }

    [Fact]
    public async Task One_record_that_is_too_large_does_not_drop_the_others()
    {
        var large = new string('x', 1000);
        var accepted = new List<string>();
        using var stage = new SplitStage(new ScriptedExporter((payload, _) =>
        {
            if (payload.Bytes.Length > 900)
            {
                return Task.FromResult(TooLarge);
            }

            accepted.AddRange(Names(ExportTraceServiceRequest.Parser.ParseFrom(payload.Bytes.Span)));
            return Task.FromResult(ExportOutcome.Success);
        }));

        var partial = Assert.IsType<ExportOutcome.PartialSuccess>(await stage.ExportAsync(TestPayload.Of(Request(["a", large, "b"], ["c"]).ToByteArray()), default));

        Assert.Equal(["a", "b", "c"], accepted);
        Assert.Equal((1, "too large"), (partial.RejectedCount, partial.Message));
        Assert.Equal(large, Assert.Single(Names(ExportTraceServiceRequest.Parser.ParseFrom(Assert.Single(partial.Rejected).Bytes.Span))));
    }

    [Fact]
    public async Task A_part_that_may_succeed_later_means_all_may()
    {
        var later = new ExportOutcome.Retryable("later");
        var backend = ScriptedExporter.Answering(TooLarge, ExportOutcome.Success, later);
        using var stage = new SplitStage(backend);

        Assert.Equal(later, await stage.ExportAsync(TestPayload.Of(Request(["a", "b"]).ToByteArray()), default));
    }

    [Fact]
    public async Task Where_every_part_is_refused_so_is_the_whole()
    {
        using var stage = new SplitStage(ScriptedExporter.Answering(TooLarge));

        Assert.Equal(TooLarge, await stage.ExportAsync(TestPayload.Of(Request(["a", "b", "c"]).ToByteArray()), default));
        Assert.Equal(TooLarge, await stage.ExportAsync(TestPayload.Of([0x0A, 0xFF]), default));
    }

    [Fact]
    public void Json_stays_json()
    {
        const string json = """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"a"}},{"body":{"stringValue":"b"}}]}]}]}""";

        var (first, second) = PayloadSplitter.Halve(TestPayload.Json(json, Signal.Logs))!.Value;

        Assert.Equal(PayloadEncoding.Json, first.Encoding);
        Assert.Contains("\"a\"", Encoding.UTF8.GetString(first.Bytes.Span), StringComparison.Ordinal);
        Assert.Contains("\"b\"", Encoding.UTF8.GetString(second.Bytes.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("\"a\"", Encoding.UTF8.GetString(second.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void The_parts_of_a_kafka_record_keep_its_key_and_headers()
    {
        var bytes = Request(["a", "b"]).ToByteArray();
        var envelope = new RecordEnvelope("key"u8.ToArray(), [new("h", null)], 1, IsTombstone: false);
        var record = new RedactedPayload(new Payload(Signal.Traces, PayloadEncoding.Protobuf, bytes, Origin.None), bytes, envelope);

        var (first, second) = PayloadSplitter.Halve(record)!.Value;

        Assert.Same(envelope, first.Envelope);
        Assert.Same(envelope, second.Envelope);
    }

    [Fact]
    public void What_is_no_request_has_no_parts_even_if_it_looks_like_one() =>
        Assert.Null(PayloadSplitter.Halve(TestPayload.Of([0x0A, 6, 0x12, 4, 0x12, 0, 0x12, 0], Signal.Logs, PayloadEncoding.Raw)));

    [Fact]
    public void Every_signals_records_are_found()
    {
        foreach (var signal in Enum.GetValues<Signal>())
        {
            // resources (1) > scopes (2) > two records (2), each empty.
            Assert.Equal(2, PayloadSplitter.Count(TestPayload.Of([0x0A, 6, 0x12, 4, 0x12, 0, 0x12, 0], signal)));
        }
    }

    private static ExportTraceServiceRequest Request(params string[][] namesByResource) => new()
    {
        ResourceSpans =
        {
            namesByResource.Select((names, i) => new ResourceSpans
            {
                SchemaUrl = $"r{i}",
                ScopeSpans = { new ScopeSpans { Spans = { names.Select(name => new Span { Name = name }) } } },
            }),
        },
    };

    private static string[] Names(ExportTraceServiceRequest request) =>
        [.. request.ResourceSpans.SelectMany(r => r.ScopeSpans).SelectMany(s => s.Spans).Select(s => s.Name)];
}
