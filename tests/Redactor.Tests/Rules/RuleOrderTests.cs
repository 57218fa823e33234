using System.Text;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Tests.Redact;

namespace Redactor.Tests.Rules;

/// <summary>Which rule gives the label, and what the delivered rules make of names.</summary>
public sealed class RuleOrderTests : IDisposable
{
    private static readonly RuleSet Delivered = RuleLoad.From(new RuleSource(RuleSource.DefaultPatterns, Profile.Default)).Rules!;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void General_rules_stand_behind_all_others_and_else_the_order_of_the_files_holds()
    {
        folder.Write("a.yaml", "- {id: a-general, pattern: alpha, tags: [general]}\n- {id: a, pattern: alpha}\n");
        folder.Write("b.yaml", "- {id: b-general, pattern: bravo, tags: [credential, general]}\n- {id: b, pattern: bravo}\n");

        Assert.Equal(["a", "b", "a-general", "b-general"], Load("a.yaml", "b.yaml"));
        Assert.Equal(["b", "a", "b-general", "a-general"], Load("b.yaml", "a.yaml"));
    }

    [Fact]
    public void A_specific_rule_gives_the_label_where_a_general_one_matches_too()
    {
        string key = "sk-" + "proj-" + new string('a', 20) + "7Qz" + new string('B', 17) + "T3Blbk" + "FJ" + new string('x', 20) + "9Rt" + new string('K', 17);

        Assert.Equal("OPENAI_API_KEY=[REDACTED:openai-project-key]", Text($"OPENAI_API_KEY={key}"));
    }

    [Fact]
    public void Attributes_whose_names_say_secret_are_masked_and_token_counts_stay()
    {
        var credential = "Basic " + Convert.ToBase64String("user:pw-of-nobody"u8);
        ExportLogsServiceRequest request = ProtobufRedactionTests.LogAttribute("authorization", new AnyValue { StringValue = credential });
        var attributes = request.ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes;
        attributes.Add(new KeyValue { Key = "gen_ai.usage.input_tokens", Value = new AnyValue { IntValue = 1234 } });
        attributes.Add(new KeyValue { Key = "http.request.header.x-api-key", Value = new AnyValue { StringValue = "plain" + "words" } });

        var masked = RedactTesting.Run(Signal.Logs, request, Delivered).ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes;

        Assert.StartsWith("[REDACTED:", masked[0].Value.StringValue[masked[0].Value.StringValue.IndexOf('[')..], StringComparison.Ordinal);
        Assert.DoesNotContain(credential["Basic ".Length..], masked[0].Value.StringValue, StringComparison.Ordinal);
        Assert.Equal(attributes[1], masked[1]);
        Assert.StartsWith("[REDACTED:", masked[2].Value.StringValue, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_members_whose_names_say_secret_are_masked()
    {
        string json = "{\"clientSecret\": \"" + "hunter2" + "hunter2" + "\", \"max_tokens\": 100}";

        string masked = Encoding.UTF8.GetString(JsonRedactor.Redact(Encoding.UTF8.GetBytes(json), Delivered).Bytes.Span);

        Assert.Matches("^{\"clientSecret\": \"\\[REDACTED:[a-z-]+\\]\", \"max_tokens\": 100}$", masked);
    }

    private static string Text(string text) => Encoding.UTF8.GetString(TextRedactor.Redact(Encoding.UTF8.GetBytes(text), Delivered).Bytes.Span);

    private IEnumerable<string> Load(params string[] files) =>
        RuleLoad.From(new RuleSource([.. files.Select(folder.PathOf)], Profile.Default)).Rules!.Rules.Select(rule => rule.Id);
}
