using System.Text;
using System.Text.Json.Nodes;
using Redactor.Redact;
using Redactor.Rules;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

public sealed class JsonRedactionTests
{
    [Theory]
    [InlineData("""{"a":"x CANARY y"}""", """{"a":"x [REDACTED:canary] y"}""")]
    [InlineData("""{"a" : [ 1, "CANARY", null ] }""", """{"a" : [ 1, "[REDACTED:canary]", null ] }""")]
    [InlineData("\"CANARY\"", "\"[REDACTED:canary]\"")]
    [InlineData("""{"a":"\u00e9 \ud83d\ude00 CANARY \n\/"}""", """{"a":"\u00e9 \ud83d\ude00 [REDACTED:canary] \n\/"}""")]
    [InlineData("""{"a":"cnr\u0079-0123456789abcdef"}""", """{"a":"[REDACTED:canary]"}""")]
    [InlineData("""{"a":"\ud83d lone CANARY"}""", """{"a":"\ud83d lone [REDACTED:canary]"}""")]
    [InlineData("""{"password":"x","b":{"pin":[1,true,null,{"c":"d"}]}}""", """{"password":"[REDACTED:secret-name]","b":{"pin":["[REDACTED:secret-name]",true,null,{"c":"[REDACTED:secret-name]"}]}}""")]
    [InlineData("""{"p\u0069n":"x"}""", """{"p\u0069n":"[REDACTED:secret-name]"}""")]
    [InlineData("""{"n":4111111111111111,"m":4111111111111112}""", """{"n":"[REDACTED:card]","m":4111111111111112}""")]
    [InlineData("""{"a":"[4111111111111111]"}""", """{"a":"[\"[REDACTED:card]\"]"}""")]
    [InlineData("""{"n":4111111111111111.0,"m":-4111111111111111}""", """{"n":"[REDACTED:card]","m":"[REDACTED:card]"}""")]
    [InlineData("""{"CANARY":1,"CANARY x":2}""", """{"[REDACTED:canary]":1,"[REDACTED:canary:2] x":2}""")]
    [InlineData("""["[REDACTED:canary]","CANARY"]""", """["[REDACTED:canary]","[REDACTED:canary]"]""")]
    public void Any_json_is_masked_token_by_token(string json, string expected) => Assert.Equal(expected, Json(json));

    [Theory]
    [InlineData("""{"a":"b","n":[1,2.5e3,true],"s":"\u00e9\n"}""")]
    [InlineData(" [ ] ")]
    [InlineData("""{"password":"[REDACTED:secret-name]","pin":null}""")]
    public void A_value_without_findings_comes_back_as_the_very_same_bytes(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        RedactedText result = JsonRedactor.Redact(bytes, TestRules);
        Assert.Equal(RedactionStatus.Ok, result.Status);
        Assert.True(result.Bytes.Equals(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"a":}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""["a" "b"]""")]
    [InlineData("""["\x"]""")]
    [InlineData("[1] 2")]
    [InlineData("""// comment""")]
    [InlineData("[01]")]
    public void What_is_not_json_is_malformed(string json) =>
        Assert.Equal(RedactionStatus.Malformed, JsonRedactor.Redact(Encoding.UTF8.GetBytes(json), TestRules).Status);

    [Fact]
    public void Json_nested_deeper_than_the_limit_is_refused_as_too_deep()
    {
        string Nested(int levels) => new string('[', levels) + new string(']', levels);
        Assert.Equal(RedactionStatus.Ok, JsonRedactor.Redact(Encoding.UTF8.GetBytes(Nested(100)), TestRules).Status);
        Assert.Equal(RedactionStatus.TooDeep, JsonRedactor.Redact(Encoding.UTF8.GetBytes(Nested(101)), TestRules).Status);
        Assert.Equal(RedactionStatus.TooDeep, JsonRedactor.Redact(Encoding.UTF8.GetBytes(Nested(5000)), TestRules).Status);
    }

    [Fact]
    public void Invalid_utf8_in_a_string_is_text_like_any_other()
    {
        byte[] json = [.. "[\""u8, 0xFF, .. Encoding.UTF8.GetBytes(Canary), 0xC3, .. "\"]"u8];
        byte[] expected = [.. "[\""u8, 0xFF, .. "[REDACTED:canary]"u8, 0xC3, .. "\"]"u8];
        Assert.Equal(expected, JsonRedactor.Redact(json, TestRules).Bytes.ToArray());
    }

    [Fact]
    public void Otlp_numbers_become_string_values_and_ids_and_measurements_stay()
    {
        const string attribute = """{"key":"n","value":{"intValue":"4111111111111111"}}""";
        const string masked = """{"key":"n","value":{"stringValue":"[REDACTED:card]"}}""";
        string json = $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"41111111111111114111111111111111","spanId":"4111111111111111","startTimeUnixNano":"4111111111111111","attributes":[{{attribute}}]}]}]}]}""";
        Assert.Equal(json.Replace(attribute, masked, StringComparison.Ordinal), Otlp(Signal.Traces, json));

        const string points = """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{"asInt":"4111111111111111"},{"asDouble":4111111111111111}]}}]}]}]}""";
        Assert.Equal(points, Otlp(Signal.Metrics, points));
    }

    [Theory]
    [InlineData("""{"key":"password","value":{"stringValue":"x"}}""", """{"key":"password","value":{"stringValue":"[REDACTED:secret-name]"}}""")]
    [InlineData("""{"value":{"stringValue":"x"},"key":"password"}""", """{"value":{"stringValue":"[REDACTED:secret-name]"},"key":"password"}""")]
    [InlineData("""{"key":"a","value":{"intValue":5},"key":"pin"}""", """{"key":"a","value":{"stringValue":"[REDACTED:secret-name]"},"key":"pin"}""")]
    [InlineData("""{"key":"b","value":{"bytesValue":"Y25yeS0wMTIzNDU2Nzg5YWJjZGVm"}}""", """{"key":"b","value":{"bytesValue":"W1JFREFDVEVEOmNhbmFyeV0="}}""")]
    [InlineData("""{"key":"b","value":{"bytesValue":"AAA/CANARYAAA"}}""", """{"key":"b","value":{"bytesValue":"AAA/[REDACTED:canary]AAA"}}""")]
    [InlineData("""{"key":"a","value":{"newKind":{"x":"CANARY"}}}""", """{"key":"a","value":{"newKind":{"x":"[REDACTED:canary]"}}}""")]
    [InlineData("""{"key":"CANARY","value":{}},{"key":"CANARY","value":{}}""", """{"key":"[REDACTED:canary]","value":{}},{"key":"[REDACTED:canary:2]","value":{}}""")]
    public void Otlp_attributes_are_masked_by_name_and_by_content(string attribute, string expected)
    {
        static string Wrap(string attributes) => $$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{{attributes}}]}]}]}]}""";
        Assert.Equal(Wrap(expected), Otlp(Signal.Logs, Wrap(attribute.Replace("CANARY", Canary, StringComparison.Ordinal))));
    }

    [Fact]
    public void Text_where_an_id_or_a_timestamp_should_be_is_scanned()
    {
        string json = $$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"{{Canary}}","timeUnixNano":"{{Canary}}","severityNumber":["{{Canary}}"]}]}]}]}""";
        Assert.Equal(json.Replace(Canary, "[REDACTED:canary]", StringComparison.Ordinal), Otlp(Signal.Logs, json));
    }

    [Theory]
    [InlineData("drop a b", "a b")]
    [InlineData("a drop b", "a b")]
    [InlineData("a b drop", "a b")]
    [InlineData("drop drop a", "a")]
    [InlineData("a drop drop", "a")]
    [InlineData("drop", "")]
    [InlineData("drop a drop b drop", "a b")]
    public void A_dropped_attribute_leaves_a_valid_list(string before, string after)
    {
        RuleSet rules = Create(Scanning.FilterEngine.Auto, Rule("gone", "drop", Mask.DropField));
        static string Wrap(string values) => "{\"resourceLogs\":[{\"resource\":{\"attributes\":[ "
            + string.Join(" , ", values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => $$$"""{"key":"k","value":{"stringValue":"{{{v}}}"}}""")) + " ]}}]}";
        RedactionResult result = Run(Signal.Logs, Encoding.UTF8.GetBytes(Wrap(before)), rules, PayloadEncoding.Json);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Wrap(after)), JsonNode.Parse(result.Payload!.Bytes.Span)));
    }

    [Fact]
    public void A_request_that_is_no_object_is_malformed() =>
        Assert.Equal(RedactionStatus.Malformed, Run(Signal.Logs, "[]"u8.ToArray(), null, PayloadEncoding.Json).Status);

    private static string Json(string json)
    {
        RedactedText result = JsonRedactor.Redact(Encoding.UTF8.GetBytes(json.Replace("CANARY", Canary, StringComparison.Ordinal)), TestRules);
        Assert.Equal(RedactionStatus.Ok, result.Status);
        return Encoding.UTF8.GetString(result.Bytes.Span);
    }

    private static string Otlp(Signal signal, string json)
    {
        RedactionResult result = Run(signal, Encoding.UTF8.GetBytes(json), null, PayloadEncoding.Json);
        Assert.Equal(RedactionStatus.Ok, result.Status);
        return Encoding.UTF8.GetString(result.Payload!.Bytes.Span);
    }
}
