using System.Text;
using System.Text.Json;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact.Conversations;

public sealed class ConversationTests
{
    private const string Messages = """
        [{"parts":[{"type":"text","content":"SYSTEM"}],"role":"system"},
         {"role":"user","parts":[{"type":"text","content":"line\nUSER"}]},
         {"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"get","arguments":"{\"q\":\"CALL\"}"}]},
         {"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"RESULT"}]}]
        """;

    [Theory]
    [InlineData("gen_ai.input.messages", "SYSTEM", "conversation.system.text")]
    [InlineData("gen_ai.input.messages", "USER", "conversation.user.text")]
    [InlineData("gen_ai.input.messages", "CALL", "conversation.assistant.tool_call")]
    [InlineData("gen_ai.input.messages", "RESULT", "conversation.tool.tool_call_response")]
    [InlineData("langfuse.observation.input", "RESULT", "conversation.tool.tool_call_response")]
    [InlineData("traceloop.entity.input", "SYSTEM", "conversation.system.text")]
    [InlineData("mlflow.spanInputs", "CALL", "conversation.assistant.tool_call")]
    [InlineData("ai.prompt.messages", "USER", "conversation.user.text")]
    [InlineData("input.value", "RESULT", "conversation.tool.tool_call_response")]
    [InlineData("unrelated", "USER", "span.attribute")]
    public void A_finding_in_messages_is_counted_by_role_and_part(string key, string where, string place) =>
        Assert.Equal(place, Place(key, Messages.Replace(where, Canary, StringComparison.Ordinal)));

    [Theory]
    [InlineData("gen_ai.system_instructions", "conversation.system.text")]
    [InlineData("gen_ai.completion.0.content", "conversation.assistant.text")]
    [InlineData("gen_ai.tool.call.arguments", "conversation.assistant.tool_call")]
    [InlineData("gen_ai.tool.call.result", "conversation.tool.tool_call_response")]
    [InlineData("llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments", "conversation.assistant.tool_call")]
    [InlineData("llm.input_messages.1.message.content", "conversation.user.text")]
    [InlineData("ai.toolCall.result", "conversation.tool.tool_call_response")]
    [InlineData("llm.tools.0.tool.json_schema", "conversation.system.text")]
    [InlineData("llm.invocation_parameters", "conversation.system.text")]
    [InlineData("embedding.embeddings.0.embedding.text", "conversation.user.text")]
    [InlineData("retrieval.documents.0.document.content", "conversation.tool.tool_call_response")]
    [InlineData("ai.prompt.tools", "conversation.system.text")]
    [InlineData("ai.value", "conversation.user.text")]
    [InlineData("ai.response.timestamp", "span.attribute")]
    [InlineData("gen_ai.prompt.0.role", "span.attribute")]
    public void A_finding_in_text_is_counted_by_what_the_attribute_says(string key, string place) => Assert.Equal(place, Place(key, $"text {Canary} text"));

    [Fact]
    public void A_finding_in_an_event_is_counted_by_what_its_name_says()
    {
        ExportTraceServiceRequest request = Traces("other", "");
        request.ResourceSpans[0].ScopeSpans[0].Spans[0].Events.Add(new Span.Types.Event { Name = "gen_ai.tool.message", Attributes = { Attribute("content", Canary) } });
        Assert.Equal("conversation.tool.tool_call_response", Place(request));
    }

    [Fact]
    public void Hidden_contents_are_masked_whole_and_the_rest_stays()
    {
        RuleSet rules = Hiding(new ConversationContents([ConversationRole.System, ConversationRole.User], []), new ConversationContents([], [ConversationPart.ToolCallResponse]));
        string value = Run(Signal.Traces, Traces("gen_ai.input.messages", Messages), rules).ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes[0].Value.StringValue;

        JsonDocument.Parse(value).Dispose();
        Assert.Equal(
            Messages.Replace("SYSTEM", "[REDACTED:hidden]", StringComparison.Ordinal).Replace(@"line\nUSER", "[REDACTED:hidden]", StringComparison.Ordinal).Replace("RESULT", "[REDACTED:hidden]", StringComparison.Ordinal),
            value);
        Assert.Equal(value, Run(Signal.Traces, Traces("gen_ai.input.messages", value), rules).ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes[0].Value.StringValue);
    }

    [Fact]
    public void Plain_contents_are_hidden_too_and_other_attributes_are_not()
    {
        RuleSet rules = Hiding(new ConversationContents([ConversationRole.Assistant], []));
        Assert.Equal("[REDACTED:hidden]", Run(Signal.Traces, Traces("output.value", "an answer"), rules).ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes[0].Value.StringValue);
        Assert.Equal("an answer", Run(Signal.Traces, Traces("note", "an answer"), rules).ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes[0].Value.StringValue);
    }

    [Fact]
    public void Hiding_works_in_otlp_json()
    {
        byte[] json = Encoding.UTF8.GetBytes(Google.Protobuf.JsonFormatter.Default.Format(Traces("gen_ai.input.messages", Messages)));
        RedactionResult result = Run(Signal.Traces, json, Hiding(new ConversationContents([ConversationRole.User], [])), PayloadEncoding.Json);
        string redacted = Encoding.UTF8.GetString(result.Payload!.Bytes.Span);
        Assert.DoesNotContain("USER", redacted, StringComparison.Ordinal);
        Assert.Contains("SYSTEM", redacted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"system":"CANARY","messages":[{"role":"user","content":"a"}]}""", "conversation.system.text")]
    [InlineData("""{"system":[{"type":"text","text":"CANARY"}],"prompt":"a"}""", "conversation.system.text")]
    [InlineData("""{"model":"m","tools":[{"type":"function","function":{"name":"f","description":"CANARY"}}]}""", "conversation.system.text")]
    [InlineData("""{"instructions":"CANARY","input":"a"}""", "conversation.system.text")]
    [InlineData("""{"prompt":"CANARY","system":"a"}""", "conversation.user.text")]
    [InlineData("""{"messages":[{"role":"tool","content":{"system":"CANARY"}}]}""", "conversation.tool.tool_call_response")]
    [InlineData("""[{"system":"CANARY"}]""", "conversation.user.text")]
    public void A_whole_request_to_a_model_says_by_its_members_who_speaks(string request, string place) =>
        Assert.Equal(place, Place("ai.prompt", request.Replace("CANARY", $"text {Canary} text", StringComparison.Ordinal)));

    [Theory]
    [InlineData("llm.input_messages.0.message.content", "llm.input_messages.0.message.role", "system", "conversation.system.text")]
    [InlineData("llm.input_messages.0.message.contents.1.message_content.text", "llm.input_messages.0.message.role", "assistant", "conversation.assistant.text")]
    [InlineData("llm.input_messages.1.message.content", "llm.input_messages.0.message.role", "system", "conversation.user.text")]
    [InlineData("gen_ai.prompt.0.content", "gen_ai.prompt.0.role", "tool", "conversation.tool.tool_call_response")]
    [InlineData("gen_ai.prompt.2.tool_calls.0.arguments", "gen_ai.prompt.2.role", "assistant", "conversation.assistant.tool_call")]
    [InlineData("gen_ai.prompt.0.content", "role", "tool", "conversation.user.text")]
    [InlineData("gen_ai.prompt.0.content", "gen_ai.prompt.0.role", "nobody", "conversation.user.text")]
    public void The_role_of_a_message_of_flat_attributes_stands_beside_its_content(string key, string beside, string role, string place)
    {
        ExportTraceServiceRequest behind = Traces(key, $"text {Canary}"), before = Traces(beside, role);
        behind.ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes.Add(Attribute(beside, role));
        before.ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes.Add(Attribute(key, $"text {Canary}"));

        Assert.Equal([place, place], [Place(behind), Place(before)]);
        Assert.Equal([place, place], [PlaceInJson(behind, Signal.Traces), PlaceInJson(before, Signal.Traces)]);
    }

    [Theory]
    [InlineData("SYSTEM", "conversation.system.text")]
    [InlineData("USER", "conversation.user.text")]
    [InlineData("CALL", "conversation.assistant.tool_call")]
    [InlineData("ARGUMENTS", "conversation.assistant.tool_call")]
    [InlineData("RESULT", "conversation.tool.tool_call_response")]
    [InlineData("NAME", "span.attribute")]
    public void Messages_that_are_structured_values_say_who_says_what(string where, string place)
    {
        string Text(string name) => name == where ? Canary : name;
        AnyValue messages = Many(
            One(("parts", Many(One(("type", Value("text")), ("content", Value(Text("SYSTEM")))))), ("role", Value("system"))),
            One(("role", Value("user")), ("name", Value(Text("NAME"))), ("parts", Many(One(("content", Value(Text("USER"))), ("type", Value("text")))))),
            One(("role", Value("assistant")), ("parts", Many(
                One(("type", Value("tool_call")), ("arguments", One(("q", Value(Text("CALL")))))),
                One(("type", Value("tool_call")), ("arguments", Value($"{{\"q\":\"{Text("ARGUMENTS")}\"}}")))))),
            One(("role", Value("tool")), ("parts", Many(One(("type", Value("tool_call_response")), ("response", Value(Text("RESULT"))))))));
        ExportTraceServiceRequest request = Traces("other", "");
        request.ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes.Add(new KeyValue { Key = "gen_ai.input.messages", Value = messages });

        Assert.Equal(place, Place(request));
        Assert.Equal(place, PlaceInJson(request, Signal.Traces));
    }

    [Theory]
    [InlineData("gen_ai.user.message", "user", "conversation.user.text")]
    [InlineData("gen_ai.system.message", "developer", "conversation.system.text")]
    [InlineData("gen_ai.tool.message", "tool", "conversation.tool.tool_call_response")]
    [InlineData("gen_ai.choice", "assistant", "conversation.assistant.text")]
    public void A_log_record_that_is_an_event_says_it_by_its_name_and_its_body(string name, string role, string place)
    {
        var named = new LogRecord { EventName = name, Body = One(("message", One(("content", Value(Canary)), ("role", Value(role))))) };
        var older = new LogRecord { Attributes = { Attribute("event.name", name) }, Body = One(("content", Value(Canary)), ("role", Value(role))) };
        foreach (LogRecord record in (LogRecord[])[named, older])
        {
            var request = new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { record } } } } } };
            Assert.Equal(place, Assert.Single(Run(Signal.Logs, Google.Protobuf.MessageExtensions.ToByteArray(request)).Report.Findings).Place);
            Assert.Equal(place, PlaceInJson(request, Signal.Logs));
        }
    }

    [Fact]
    public void The_role_of_an_event_stands_beside_its_content()
    {
        ExportTraceServiceRequest request = Traces("other", "");
        request.ResourceSpans[0].ScopeSpans[0].Spans[0].Events.Add(new Span.Types.Event { Name = "gen_ai.user.message", Attributes = { Attribute("content", Canary), Attribute("role", "tool") } });
        Assert.Equal("conversation.tool.tool_call_response", Place(request));
    }

    [Fact]
    public void Structured_contents_are_hidden_by_their_role()
    {
        ExportTraceServiceRequest request = Traces("other", "");
        request.ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes.Add(new KeyValue
        {
            Key = "gen_ai.input.messages",
            Value = Many(One(("role", Value("user")), ("content", Value("mine"))), One(("content", Value("yours")), ("role", Value("assistant")))),
        });
        string redacted = Run(Signal.Traces, request, Hiding(new ConversationContents([ConversationRole.User], []))).ToString();

        Assert.DoesNotContain("mine", redacted, StringComparison.Ordinal);
        Assert.Contains("yours", redacted, StringComparison.Ordinal);
    }

    private static string PlaceInJson(Google.Protobuf.IMessage request, Signal signal) =>
        Assert.Single(Run(signal, Encoding.UTF8.GetBytes(Google.Protobuf.JsonFormatter.Default.Format(request)), null, PayloadEncoding.Json).Report.Findings).Place;

    private static AnyValue Value(string text) => new() { StringValue = text };

    private static AnyValue Many(params AnyValue[] values) => new() { ArrayValue = new ArrayValue { Values = { values } } };

    private static AnyValue One(params (string Key, AnyValue Value)[] members) =>
        new() { KvlistValue = new KeyValueList { Values = { members.Select(m => new KeyValue { Key = m.Key, Value = m.Value }) } } };

    private static RuleSet Hiding(params ConversationContents[] contents) =>
        RuleSet.Create([Rule("canary", "cnry-[0-9a-f]{16}")], "test", conversations: new ConversationPolicy(contents));

    private static string Place(string key, string value) => Place(Traces(key, value));

    private static string Place(ExportTraceServiceRequest request)
    {
        FindingCount count = Assert.Single(Run(Signal.Traces, Google.Protobuf.MessageExtensions.ToByteArray(request)).Report.Findings);
        Assert.Equal(1, count.Count);
        return count.Place;
    }

    private static ExportTraceServiceRequest Traces(string key, string value) => new()
    {
        ResourceSpans = { new ResourceSpans { ScopeSpans = { new ScopeSpans { Spans = { new Span { Name = "chat", Attributes = { Attribute(key, value) } } } } } } },
    };

    private static KeyValue Attribute(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };
}
