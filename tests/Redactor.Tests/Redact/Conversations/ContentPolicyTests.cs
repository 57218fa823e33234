using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Redactor.Configuration;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact.Conversations;

/// <summary>The section <c>conversations.policies</c>, from the file to what leaves.</summary>
public sealed class ContentPolicyTests : IDisposable
{
    private const string Key = "key_0123456789abcdef";
    private const string Mail = "ada@corp.example";

    private const string RuleFile = """
        - {id: acme-key, pattern: 'key_[0-9a-f]{16}', tags: [credential], severity: high}
        - {id: email, pattern: '[a-z]+@corp\.example', tags: [pii]}
        - {id: person, pattern: 'ada@[a-z.]+', tags: [pii], status: shadow}
        - {id: secret-name, keys: [password], tags: [credential]}
        - {id: general-name, keys: ["pass*"], tags: [general]}
        """;

    private readonly TemporaryFolder folder = new();

    public ContentPolicyTests() => folder.Write("rules/a.yaml", RuleFile);

    public void Dispose() => folder.Dispose();

    /// <summary>The same conversation as each convention writes it: the system, the user and the assistant name the address, the assistant's call and the tool's answer too.</summary>
    public static TheoryData<string, string> Conversations => new()
    {
        { "gen_ai.input.messages", """[{"role":"system","parts":[{"type":"text","content":"S"}]},{"role":"user","parts":[{"type":"text","content":"U"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"1","name":"f","arguments":{"q":"C"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"1","response":"R"}]},{"role":"assistant","parts":[{"type":"text","content":"A"}]}]""" },
        { "gen_ai.prompt", """[{"role":"system","content":"S"},{"role":"user","content":"U"},{"role":"assistant","tool_calls":[{"type":"function","function":{"name":"f","arguments":"{\"q\":\"C\"}"}}]},{"role":"tool","content":"R"},{"role":"assistant","content":"A"}]""" },
        { "input.value", """{"messages":[{"type":"system","content":"S"},{"type":"human","content":"U"},{"type":"ai","content":"","tool_calls":[{"name":"f","args":{"q":"C"}}]},{"type":"tool","content":"R"},{"type":"ai","content":"A"}]}""" },
        { "langfuse.observation.input", """[{"role":"system","content":"S"},{"role":"user","content":[{"type":"text","text":"U"}]},{"role":"assistant","content":[{"type":"tool_use","id":"1","name":"f","input":{"q":"C"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"1","content":"R"}]},{"role":"assistant","content":"A"}]""" },
        { "traceloop.entity.input", """{"inputs":{"messages":[{"role":"system","content":"S"},{"role":"user","content":"U"},{"role":"assistant","function_call":{"name":"f","arguments":"{\"q\":\"C\"}"}},{"role":"function","content":"R"},{"role":"assistant","content":"A"}]}}""" },
        { "mlflow.spanInputs", """{"messages":[{"role":"developer","content":"S"},{"role":"user","content":"U"},{"role":"assistant","tool_calls":[{"function":{"arguments":"{\"q\":\"C\"}"}}]},{"role":"tool","content":"R"},{"role":"assistant","content":"A"}]}""" },
        { "ai.prompt.messages", """[{"role":"system","content":"S"},{"role":"user","content":[{"type":"text","text":"U"}]},{"role":"assistant","content":[{"type":"tool-call","toolCallId":"1","toolName":"f","args":{"q":"C"}}]},{"role":"tool","content":[{"type":"tool-result","toolCallId":"1","result":"R"}]},{"role":"assistant","content":[{"type":"text","text":"A"}]}]""" },
        { "gen_ai.content.prompt", """{"contents":[{"role":"system","parts":[{"text":"S"}]},{"role":"user","parts":[{"text":"U"}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{"q":"C"}}}]},{"role":"function","parts":[{"functionResponse":{"name":"f","response":{"v":"R"}}}]},{"role":"model","parts":[{"text":"A"}]}]}""" },
    };

    [Theory]
    [MemberData(nameof(Conversations))]
    public void Rules_are_off_for_the_roles_and_parts_of_a_policy_alone(string attribute, string template)
    {
        foreach ((string policy, string stays) in new[]
        {
            ("{roles: [system], tags: [pii], status: off}", "S"),
            ("{roles: [user], parts: [text], ids: [email], status: off}", "U"),
            ("{parts: [tool_call], ids: [email], status: off}", "C"),
            ("{parts: [tool_call_response], ids: [email], status: off}", "R"),
            ("{roles: [assistant], parts: [text], ids: [email], status: off}", "A"),
        })
        {
            string value = Redacted(attribute, Fill(template, $"{Mail} and {Key}"), Load(policy));

            Assert.Equal(Fill(template, "[REDACTED:email] and [REDACTED:acme-key]", stays, $"{Mail} and [REDACTED:acme-key]"), value);
            JsonDocument.Parse(value).Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public void A_mask_is_for_the_contents_of_a_policy_alone(string attribute, string template)
    {
        string value = Redacted(attribute, Fill(template, Key), Load("{parts: [tool_call], mask: full}"));
        Assert.Equal(Fill(template, "[REDACTED:acme-key]", "C", new string('*', 16)), value);
    }

    [Fact]
    public void A_later_policy_wins()
    {
        RuleSet rules = Load("{roles: [user], mask: full}, {roles: [user], ids: [email], mask: last4}, {roles: [user], tags: [pii], status: off}, {roles: [user], ids: [email], status: active}");
        Assert.Equal("**************** [REDACTED:email:...mple]", Redacted("gen_ai.prompt.0.content", $"{Key} {Mail}", rules));
    }

    [Fact]
    public void A_rule_in_shadow_counts_as_such_and_one_that_is_active_masks()
    {
        RedactionResult result = Run(Signal.Traces, Traces("gen_ai.completion", $"{Key} {Mail}").ToByteArray(), Load("{roles: [assistant], ids: [acme-key], status: shadow}, {roles: [assistant], ids: [person], status: active}, {roles: [assistant], ids: [email], status: off}"));

        Assert.Contains($"{Key} [REDACTED:person]", Encoding.UTF8.GetString(result.Payload!.Bytes.Span), StringComparison.Ordinal);
        Assert.Equal([("acme-key", true), ("person", false)], result.Report.Findings.Select(f => (f.Rule == 0 ? "acme-key" : "person", f.IsShadow)).Order());
        Assert.Empty(result.Report.Audited);
    }

    [Fact]
    public void A_member_is_secret_by_another_name_rule_where_the_first_is_off()
    {
        RuleSet rules = Load("{parts: [tool_call], ids: [secret-name], status: off}");
        Assert.Equal("""{"password":"[REDACTED:general-name]"}""", Redacted("gen_ai.tool.call.arguments", """{"password":"hunter-2-x"}""", rules));
        Assert.Equal("""{"password":"[REDACTED:secret-name]"}""", Redacted("gen_ai.tool.call.result", """{"password":"hunter-2-x"}""", rules));
    }

    [Fact]
    public void Encoded_text_obeys_the_policy_of_the_content_around_it()
    {
        RuleSet rules = Load("{roles: [tool], ids: [email], status: off}");
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"from {Mail} with {Key} and love")), kept = Convert.ToBase64String(Encoding.UTF8.GetBytes($"from {Mail} with [REDACTED:acme-key] and love"));
        string twice = JsonSerializer.Serialize(JsonSerializer.Serialize(new { a = Mail, b = Key }));

        Assert.Equal($$"""[{"role":"tool","content":"{{kept}}"}]""", Redacted("gen_ai.input.messages", $$"""[{"role":"tool","content":"{{encoded}}"}]""", rules));
        Assert.Equal($$"""[{"role":"tool","content":{{twice.Replace(Key, "[REDACTED:acme-key]", StringComparison.Ordinal)}}}]""", Redacted("gen_ai.input.messages", $$"""[{"role":"tool","content":{{twice}}}]""", rules));
    }

    [Fact]
    public void Fields_and_records_are_dropped_where_a_policy_says_so()
    {
        Assert.Empty(Run(Signal.Traces, Traces("gen_ai.tool.call.result", Key), Load("{roles: [tool], tags: [credential], mask: drop-field}")).ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes);
        Assert.Empty(Run(Signal.Traces, Traces("gen_ai.tool.call.result", Key), Load("{roles: [tool], tags: [credential], mask: drop-record}")).ResourceSpans[0].ScopeSpans[0].Spans);
    }

    [Fact]
    public void What_is_no_content_of_a_conversation_and_what_reaches_beyond_one_is_masked_as_ever()
    {
        RuleSet rules = Load("{roles: [system, user, assistant, tool], ids: [email, acme-key], status: off}");
        Assert.Equal("[REDACTED:email]", Redacted("note", Mail, rules));
        Assert.Equal("""[{"role":"user","name":"[REDACTED:email]","content":"x"}]""", Redacted("gen_ai.input.messages", $$"""[{"role":"user","name":"{{Mail}}","content":"x"}]""", rules));
    }

    [Fact]
    public void The_policy_is_asked_in_otlp_json_too()
    {
        byte[] json = Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(Traces("gen_ai.input.messages", $$"""[{"role":"user","content":"{{Mail}}"},{"role":"assistant","content":"{{Mail}}"}]""")));
        string redacted = Encoding.UTF8.GetString(Run(Signal.Traces, json, Load("{roles: [user], ids: [email], status: off}"), PayloadEncoding.Json).Payload!.Bytes.Span);
        Assert.Equal(1, redacted.Split(Mail).Length - 1);
        Assert.Contains("[REDACTED:email]", redacted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{roles: [boss], status: active}", "redactor.yaml:2:37: conversations.policies[0].roles: 'boss' can't be used; write system, user, assistant or tool")]
    [InlineData("{parts: [image], mask: full}", "redactor.yaml:2:37: conversations.policies[0].parts: 'image' can't be used; write text, tool_call or tool_call_response")]
    [InlineData("{mask: full}", "conversations.policies[0] names no contents; add roles (system, user, assistant or tool) or parts (text, tool_call or tool_call_response)")]
    [InlineData("{roles: [], parts: [], mask: full}", "conversations.policies[0] names no contents; add roles (system, user, assistant or tool) or parts (text, tool_call or tool_call_response)")]
    [InlineData("{roles: [user], ids: [email]}", "conversations.policies[0] changes nothing; add status or mask, or put the contents under hide")]
    [InlineData("{roles: [user], status: off}", "conversations.policies[0] would let everything through; say by ids, tags or files which rules it is for")]
    [InlineData("{roles: [user], ids: [], status: shadow}", "conversations.policies[0] would let everything through; say by ids, tags or files which rules it is for")]
    [InlineData("{roles: [user], ids: [email], status: on}", "conversations.policies[0].status can't be \"on\"")]
    [InlineData("{roles: [user], mask: stars}", "conversations.policies[0].mask can't be \"stars\"; there are label, full, last4, hash, drop-field, drop-record")]
    [InlineData("{role: user, mask: full}", "unknown key \"conversations.policies[0].role\"; did you mean \"roles\"?")]
    public void A_mistake_in_the_file_names_its_line_and_what_would_be_right(string policy, string expected) =>
        Assert.Contains(Read(policy).Mistakes, mistake => mistake.ToString().Contains(expected, StringComparison.Ordinal) && mistake.Line == 2);

    [Theory]
    [InlineData("{roles: [user], ids: [emial], status: off}", "redactor.yaml:2:50: no rule has the id \"emial\"; did you mean \"email\"?")]
    [InlineData("{roles: [user], tags: [pi], status: off}", "redactor.yaml:2:51: no rule has the tag \"pi\"; did you mean \"pii\"?")]
    [InlineData("{roles: [user], mask: hash}", "redactor.yaml:2:28: " + RuleLoad.HashNeedsKey)]
    public void A_policy_that_the_rules_cannot_follow_is_refused(string policy, string expected)
    {
        RuleLoad load = RuleLoad.From(Read(policy).Options!.Rules);
        Assert.Null(load.Rules);
        Assert.EndsWith(expected, Assert.Single(load.Mistakes).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reload_keeps_the_policy_and_refuses_rules_that_it_is_in_vain_for()
    {
        RuleStore store = RuleStore.Open(Read("{roles: [user], ids: [email], status: off}").Options!.Rules, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, out _)!;
        folder.Write("rules/a.yaml", RuleFile + "\n- {id: added, pattern: 'added_[a-z]{8}'}");
        Assert.Equal(ReloadResult.Swapped, store.Reload());
        Assert.Equal($"{Mail} [REDACTED:added]", Redacted("gen_ai.prompt.0.content", $"{Mail} added_abcdefgh", store.Current));

        folder.Write("rules/a.yaml", "- {id: other, pattern: 'other_[a-z]{8}'}");
        Assert.Equal(ReloadResult.Refused, store.Reload());
        Assert.Contains("no rule has the id \"email\"", Assert.Single(store.Status.LastError).ToString(), StringComparison.Ordinal);
        Assert.Equal(Mail, Redacted("gen_ai.prompt.0.content", Mail, store.Current));
    }

    private static string Fill(string template, string all, string one = "", string there = "")
    {
        foreach (string content in (string[])["S", "U", "C", "R", "A"])
        {
            template = template.Replace($"\"{content}\"", content == one ? $"\"{there}\"" : $"\"{all}\"", StringComparison.Ordinal)
                .Replace($"\\\"{content}\\\"", content == one ? $"\\\"{there}\\\"" : $"\\\"{all}\\\"", StringComparison.Ordinal);
        }

        return template;
    }

    private static string Redacted(string key, string value, RuleSet rules)
    {
        ExportTraceServiceRequest once = Run(Signal.Traces, Traces(key, value), rules);
        Assert.Equal(once, Run(Signal.Traces, once, rules));
        return once.ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes[0].Value.StringValue;
    }

    private static ExportTraceServiceRequest Traces(string key, string value) => new()
    {
        ResourceSpans = { new ResourceSpans { ScopeSpans = { new ScopeSpans { Spans = { new Span { Name = "chat", Attributes = { new KeyValue { Key = key, Value = new AnyValue { StringValue = value } } } } } } } } },
    };

    private RuleSet Load(string policies)
    {
        ConfigurationResult result = Read(policies);
        Assert.Empty(result.Mistakes);
        RuleLoad load = RuleLoad.From(result.Options!.Rules);
        Assert.Empty(load.Mistakes);
        return load.Rules!;
    }

    private ConfigurationResult Read(string policies) => ConfigurationFile.Read(
        Encoding.UTF8.GetBytes($"rules: {{files: ['rules/*.yaml']}}\nconversations: {{policies: [{policies}]}}"), "redactor.yaml", folder.Path, _ => null);
}
