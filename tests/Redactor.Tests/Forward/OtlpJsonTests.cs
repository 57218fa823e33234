using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Redactor.Otlp;

namespace Redactor.Tests.Forward;

public sealed class OtlpJsonTests
{
    [Fact]
    public void Ids_are_hexadecimal_enums_numbers_and_long_numbers_strings()
    {
        var span = SpanOf(ToJson(TestPayload.Request("work")));

        Assert.Equal("0102030405060708090a0b0c0d0e0f10", span.GetProperty("traceId").GetString());
        Assert.Equal("abcd030405060708", span.GetProperty("spanId").GetString());
        Assert.Equal(3, span.GetProperty("kind").GetInt32());
        Assert.Equal("1700000000000000001", span.GetProperty("startTimeUnixNano").GetString());
        Assert.Equal("42", span.GetProperty("attributes")[0].GetProperty("value").GetProperty("intValue").GetString());
    }

    [Theory]
    [InlineData("intValue", "42")]
    [InlineData("intValue", "\"42\"")]
    public void Numbers_are_read_as_numbers_and_as_strings(string member, string value)
    {
        var request = FromJson($$$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"n","value":{"{{{member}}}":{{{value}}}}}]}]}]}]}""");

        Assert.Equal(42, request.ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes[0].Value.IntValue);
    }

    [Fact]
    public void Unknown_members_are_ignored_and_ids_may_be_in_capitals()
    {
        var request = FromJson("""{"new":{"spanId":17},"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"ABCD030405060708","newer":[1,{}]}]}]}]}""");

        Assert.Equal("abcd030405060708", Convert.ToHexStringLower(request.ResourceSpans[0].ScopeSpans[0].Spans[0].SpanId.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"resourceSpans\":17}")]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"spanId\":\"xyz\"}]}]}]}")]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"\\uD800\"}]}]}]}")]
    public void What_is_no_otlp_json_is_refused(string json)
    {
        Assert.False(OtlpJson.TryToProtobuf(ExportTraceServiceRequest.Descriptor, Encoding.UTF8.GetBytes(json), out _));
    }

    [Fact]
    public void Hostile_nesting_is_refused()
    {
        var open = string.Concat(Enumerable.Repeat("{\"arrayValue\":{\"values\":[", 5000));

        Assert.False(OtlpJson.TryToProtobuf(AnyValue.Descriptor, Encoding.UTF8.GetBytes(open), out _));
    }

    [Fact]
    public void A_message_survives_the_way_to_json_and_back()
    {
        Prop.ForAll<string, byte[], long>((name, bytes, number) =>
        {
            var request = TestPayload.Request(new string([.. (name ?? "").Where(c => !char.IsSurrogate(c))]));
            var span = request.ResourceSpans[0].ScopeSpans[0].Spans[0];
            span.ParentSpanId = ByteString.CopyFrom(bytes);
            span.Attributes.Add(new KeyValue { Key = "spanId", Value = new AnyValue { BytesValue = ByteString.CopyFrom(bytes) } });
            span.Attributes.Add(new KeyValue { Key = "traceId", Value = new AnyValue { StringValue = span.Name } });
            span.Attributes.Add(new KeyValue { Key = "n", Value = new AnyValue { IntValue = number } });
            return FromJson(Encoding.UTF8.GetString(ToJson(request).Span)).Equals(request);
        }).QuickCheckThrowOnFailure();
    }

    private static ReadOnlyMemory<byte> ToJson(ExportTraceServiceRequest request)
    {
        Assert.True(OtlpJson.TryFromProtobuf(ExportTraceServiceRequest.Descriptor, request.ToByteArray(), out var json));
        return json;
    }

    private static ExportTraceServiceRequest FromJson(string json)
    {
        Assert.True(OtlpJson.TryToProtobuf(ExportTraceServiceRequest.Descriptor, Encoding.UTF8.GetBytes(json), out var message));
        return ExportTraceServiceRequest.Parser.ParseFrom(message.Span);
    }

    private static JsonElement SpanOf(ReadOnlyMemory<byte> json) =>
        JsonDocument.Parse(json).RootElement.GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[0];
}
