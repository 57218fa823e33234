using System.Text;
using Redactor.Locate;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;
using Redactor.Tests.Hostile;

namespace Redactor.Tests.Redact;

/// <summary>Payloads that have more to look at than there is memory meant for. What that memory is in fact: <c>make hostile</c>.</summary>
public sealed class DenseTests
{
    private static readonly RuleSet DefaultRules = RuleLoad.From(new RuleSource(RuleSource.DefaultPatterns, Profile.Default)).Rules!;

    [Fact]
    public void More_candidates_than_the_limit_are_refused_whole_and_the_next_payload_is_none_the_worse()
    {
        var dense = DenseMessages.All(ScanLimits.MaxCandidates + 100_000).First().Message;

        Assert.Equal(RedactionStatus.TooDense, Redacted(dense).Status);
        Assert.Equal(RedactionStatus.Ok, Redacted(HostileMessages.ManyAttributes(10)).Status);
    }

    [Fact]
    public void More_escapes_than_the_limit_are_refused()
    {
        var dense = DenseMessages.All((2 * LocateLimits.MaxEscapes) + 100_000).First(m => m.Name == "escapes").Message;

        Assert.Equal(RedactionStatus.TooDense, Redacted(dense).Status);
    }

    /// <summary>Rows of a table as JSON in strings of JSON: one escape in three to four bytes, in texts of 1 MiB.</summary>
    [Fact]
    public void The_largest_request_may_consist_of_escaped_text()
    {
        const int texts = 60;
        string row = """{\\\"id\\\":7,\\\"a\\\":\\\"x\\\"},""";
        string rows = $$"""{"r":"{\"s\":\"{{string.Concat(Enumerable.Repeat(row, (1 << 20) / row.Length))}}SECRET\"}"}""";
        var request = new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs() } } } };
        for (int i = 0; i < texts; i++)
        {
            string secret = i is 0 or texts - 1 ? RedactTesting.Canary : "";
            request.ResourceLogs[0].ScopeLogs[0].LogRecords.Add(new LogRecord { Body = new AnyValue { StringValue = rows.Replace("SECRET", secret, StringComparison.Ordinal) } });
        }

        ExportLogsServiceRequest redacted = RedactTesting.Run(Signal.Logs, request);

        Assert.True(texts * rows.Count(c => c == '\\') / 2 > LocateLimits.MaxEscapes);
        string expected = rows.Replace("SECRET", "[REDACTED:canary]", StringComparison.Ordinal);
        Assert.Equal([expected, expected], redacted.ResourceLogs[0].ScopeLogs[0].LogRecords.Select(record => record.Body.StringValue).Where(body => body.Contains("REDACTED", StringComparison.Ordinal)));
    }

    [Fact]
    public void More_fields_than_the_limit_are_refused()
    {
        var fields = new LocatedFieldList();
        for (int i = 0; i < LocateLimits.MaxFields; i++)
        {
            fields.Add(default);
        }

        Assert.Throws<TooDenseException>(() => fields.Add(default));
    }

    [Fact]
    public void The_largest_request_may_consist_of_short_attributes()
    {
        const int largest = 64 << 20;
        byte[] attribute = [0x0A, 14, 0x0A, 4, .. "unit"u8, 0x12, 6, 0x0A, 4, .. "text"u8];
        byte[] resource = new byte[largest / attribute.Length * attribute.Length];
        for (int i = 0; i < resource.Length; i += attribute.Length)
        {
            attribute.CopyTo(resource, i);
        }

        byte[] request = [0x0A, .. Length(resource.Length + 1 + Length(resource.Length).Length), 0x0A, .. Length(resource.Length), .. resource];

        Assert.Equal(RedactionStatus.Ok, Redacted(request).Status);

        static byte[] Length(int value) => [(byte)(value | 0x80), (byte)((value >> 7) | 0x80), (byte)((value >> 14) | 0x80), (byte)(value >> 21)];
    }

    [Fact]
    public void JSON_that_is_too_dense_is_refused_too() =>
        Assert.Equal(RedactionStatus.TooDense, JsonRedactor.Redact(Encoding.UTF8.GetBytes('"' + new string('@', ScanLimits.MaxCandidates + 1) + '"'), DefaultRules).Status);

    [Fact]
    public void What_is_dense_and_within_the_limits_is_redacted()
    {
        foreach (var (name, message) in DenseMessages.All(256 << 10))
        {
            Assert.True(Redacted(message).Status == RedactionStatus.Ok, name);
        }
    }

    private static RedactionResult Redacted(byte[] message) =>
        PayloadRedactor.Redact(new Payload(Signal.Logs, PayloadEncoding.Protobuf, message, Origin.None), DefaultRules);
}
