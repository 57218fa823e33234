using Google.Protobuf;
using Redactor.Otlp;
using Redactor.Redact;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

public sealed class ProtobufRedactionTests
{
    [Fact]
    public void A_payload_without_findings_goes_on_as_the_very_same_bytes()
    {
        byte[] bytes = Logs(new AnyValue { StringValue = "nothing to see here" }).ToByteArray();
        RedactionResult result = Run(Signal.Logs, bytes);
        Assert.True(result.Payload!.Bytes.Equals(bytes));
        Assert.Same(RedactionReport.Clean, result.Report);
    }

    [Fact]
    public void Text_is_masked_where_the_rule_finds_something_and_nowhere_else()
    {
        ExportLogsServiceRequest redacted = Run(Signal.Logs, Logs(new AnyValue { StringValue = $"before {Canary} after" }));
        Assert.Equal(Logs(new AnyValue { StringValue = "before [REDACTED:canary] after" }), redacted);
    }

    [Fact]
    public void A_name_masks_every_leaf_of_its_value()
    {
        var value = new AnyValue { KvlistValue = new KeyValueList() };
        value.KvlistValue.Values.Add(new KeyValue { Key = "a", Value = new AnyValue { StringValue = "x" } });
        value.KvlistValue.Values.Add(new KeyValue { Key = "b", Value = new AnyValue { IntValue = 7 } });
        value.KvlistValue.Values.Add(new KeyValue { Key = "c", Value = new AnyValue { DoubleValue = 0.5 } });
        value.KvlistValue.Values.Add(new KeyValue { Key = "d", Value = new AnyValue { BoolValue = true } });
        value.KvlistValue.Values.Add(new KeyValue { Key = "e", Value = new AnyValue { BytesValue = ByteString.CopyFrom(1, 0xFF) } });
        value.KvlistValue.Values.Add(new KeyValue { Key = "f", Value = new AnyValue { ArrayValue = new ArrayValue { Values = { new AnyValue { StringValue = "y" } } } } });
        ExportLogsServiceRequest redacted = Run(Signal.Logs, LogAttribute("password", value));

        AnyValue label = new() { StringValue = "[REDACTED:secret-name]" };
        Google.Protobuf.Collections.RepeatedField<KeyValue> leaves = redacted.ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes[0].Value.KvlistValue.Values;
        Assert.Equal(label, leaves[0].Value);
        Assert.Equal(label, leaves[1].Value);
        Assert.Equal(label, leaves[2].Value);
        Assert.True(leaves[3].Value.BoolValue);
        Assert.Equal("[REDACTED:secret-name]", leaves[4].Value.BytesValue.ToStringUtf8());
        Assert.Equal(label, leaves[5].Value.ArrayValue.Values[0]);
    }

    [Fact]
    public void A_card_number_sent_as_a_number_becomes_a_masked_string()
    {
        AnyValue label = new() { StringValue = "[REDACTED:card]" };
        Assert.Equal(label, Run(Signal.Logs, LogAttribute("n", new AnyValue { IntValue = Card })).ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes[0].Value);
        Assert.Equal(label, Run(Signal.Logs, LogAttribute("n", new AnyValue { DoubleValue = Card })).ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes[0].Value);
        Assert.Equal(label, Run(Signal.Logs, Logs(new AnyValue { IntValue = Card })).ResourceLogs[0].ScopeLogs[0].LogRecords[0].Body);
        ExportLogsServiceRequest other = LogAttribute("n", new AnyValue { IntValue = Card + 1 });
        Assert.Equal(other, Run(Signal.Logs, other));
    }

    internal static ExportLogsServiceRequest Logs(AnyValue body) => new()
    {
        ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { new LogRecord { Body = body, SeverityText = "INFO" } } } } } },
    };

    internal static ExportLogsServiceRequest LogAttribute(string key, AnyValue value)
    {
        ExportLogsServiceRequest request = Logs(new AnyValue { StringValue = "hello" });
        request.ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes.Add(new KeyValue { Key = key, Value = value });
        return request;
    }
}
