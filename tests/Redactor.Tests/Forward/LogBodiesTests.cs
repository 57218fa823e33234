using System.Text;
using Google.Protobuf;
using Redactor.Forward;
using Redactor.Otlp;

namespace Redactor.Tests.Forward;

public sealed class LogBodiesTests
{
    [Fact]
    public void Text_and_bytes_become_the_body_of_one_log_record_observed_when_the_record_was_made()
    {
        Assert.Equal(Request(new AnyValue { StringValue = "a line" }), Convert(PayloadEncoding.Text, "a line"u8.ToArray()));
        Assert.Equal(Request(new AnyValue { BytesValue = ByteString.CopyFrom(0xFF, 1) }), Convert(PayloadEncoding.Raw, [0xFF, 1]));
    }

    [Theory]
    [InlineData("""{"a":1,"b":[true,null,"x"],"c":{"d":-0.5}}""")]
    [InlineData("\"text\"")]
    [InlineData("9223372036854775807")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Any_json_becomes_a_body_of_its_structure_and_comes_back_the_same(string json)
    {
        var body = Body(Convert(PayloadEncoding.AnyJson, Encoding.UTF8.GetBytes(json)));

        Assert.Equal(json, Encoding.UTF8.GetString(LogBodies.ToJson(body)));
    }

    [Fact]
    public void Json_that_is_nested_deeper_than_OTLP_can_be_stays_text()
    {
        var deep = new string('[', 50) + new string(']', 50);

        Assert.Equal(deep, Body(Convert(PayloadEncoding.AnyJson, Encoding.UTF8.GetBytes(deep))).StringValue);
        Assert.Equal("\"\\ud800\"", Body(Convert(PayloadEncoding.AnyJson, "\"\\ud800\""u8.ToArray())).StringValue);
    }

    [Fact]
    public void Bodies_as_bytes_are_text_and_bytes_as_they_are_and_the_rest_as_json()
    {
        Assert.Equal("x", Encoding.UTF8.GetString(LogBodies.ToBytes(new AnyValue { StringValue = "x" })));
        Assert.Equal([0xFF], LogBodies.ToBytes(new AnyValue { BytesValue = ByteString.CopyFrom(0xFF) }));
        Assert.Equal("1.5", Encoding.UTF8.GetString(LogBodies.ToBytes(new AnyValue { DoubleValue = 1.5 })));
        Assert.Equal("\"NaN\"", Encoding.UTF8.GetString(LogBodies.ToBytes(new AnyValue { DoubleValue = double.NaN })));
        Assert.Empty(LogBodies.ToBytes(new AnyValue()));
        Assert.Equal("\"/w==\"", Encoding.UTF8.GetString(LogBodies.ToJson(new AnyValue { BytesValue = ByteString.CopyFrom(0xFF) })));
    }

    [Fact]
    public void The_bodies_of_a_request_that_is_none_are_not_read() => Assert.False(LogBodies.TryRead([0x0A, 0xFF], out _));

    private static ExportLogsServiceRequest Convert(PayloadEncoding encoding, byte[] value)
    {
        var source = new Payload(Signal.Logs, encoding, value, Origin.None);
        var payload = new RedactedPayload(source, value, new RecordEnvelope(null, [], 1_700_000_000_123, IsTombstone: false));
        Assert.True(OtlpForm.TryToProtobuf(payload, out var message));
        return ExportLogsServiceRequest.Parser.ParseFrom(message.Span);
    }

    private static ExportLogsServiceRequest Request(AnyValue body) => new()
    {
        ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { new LogRecord { Body = body, ObservedTimeUnixNano = 1_700_000_000_123_000_000 } } } } } },
    };

    private static AnyValue Body(ExportLogsServiceRequest request) => Assert.Single(Assert.Single(Assert.Single(request.ResourceLogs).ScopeLogs).LogRecords).Body ?? new AnyValue();
}
