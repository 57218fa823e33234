using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Redactor.Configuration;
using Redactor.Rules;
using Redactor.Scanning;
using Redactor.Scanning.Judging;

namespace Redactor.Tests.Schema;

/// <summary>Holds the schemas that editors use to what the readers accept.</summary>
public sealed partial class SchemaTests
{
    /// <summary>A field that no reader knows, and that is close to none: the mistake it causes lists all that there are.</summary>
    private const string Unknown = "zzzzzzzzzzzzzzzzzzzz";

    private static readonly SchemaFile RuleSchema = new("rules.schema.json");
    private static readonly SchemaFile ConfigSchema = new("config.schema.json");

    public static TheoryData<string> RuleFiles => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "rules"), "*.yaml").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(RuleFiles))]
    public void A_rule_file_that_comes_with_the_program_is_valid(string file) =>
        Assert.Empty(RuleSchema.Mistakes(YamlJson.Read(File.ReadAllText(Path.Combine(Repository.Root, "rules", file)))));

    [Theory]
    [InlineData("[]")]
    [InlineData("[{id: a}]")]
    [InlineData("[{id: A, pattern: acme_x}]")]
    [InlineData("[{id: a, pattern: acme_x, mask: labl}]")]
    [InlineData("[{id: a, pattern: acme_x, near: {words: [a]}}]")]
    [InlineData("[{id: a, pattern: acme_x, entropy: 9}]")]
    [InlineData("[{id: a, pattern: acme_x, keyword: [acme]}]")]
    [InlineData("[{id: a, pattern: acme_x, examples: {match: [{a: b, c: d}]}}]")]
    public void What_the_rule_reader_refuses_the_schema_refuses(string yaml)
    {
        var mistakes = new List<RuleMistake>();
        RuleFile.Read("test.yaml", Encoding.UTF8.GetBytes(yaml), mistakes);

        Assert.NotEmpty(mistakes);
        Assert.NotEmpty(RuleSchema.Mistakes(YamlJson.Read(yaml)));
    }

    [Fact]
    public void The_fields_of_a_rule_in_the_schema_are_those_the_reader_accepts()
    {
        var mistakes = new List<RuleMistake>();
        RuleFile.Read("test.yaml", Encoding.UTF8.GetBytes(new JsonArray(WithUnknown(RuleSchema, RuleSchema.Root["$defs"]!["rule"]!.AsObject())).ToJsonString()), mistakes);
        string[][] lists = [.. mistakes.Select(mistake => UnknownField().Match(mistake.Message)).Where(match => match.Success).Select(match => match.Groups[2].Value.Split(", "))];
        var rule = RuleSchema.Root["$defs"]!["rule"]!["properties"]!.AsObject();
        JsonObject[] objects = [rule, rule["near"]!["properties"]!.AsObject(), rule["examples"]!["properties"]!.AsObject()];

        Assert.Equal(
            objects.Select(o => string.Join(", ", o.Select(p => p.Key).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal),
            lists.Select(l => string.Join(", ", l.Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_choices_of_a_rule_in_the_schema_are_those_the_reader_knows()
    {
        Assert.Equal(Checks.Names, Choices("check"));
        Assert.Equal(RuleWords.Masks.Keys, Choices("mask"));
        Assert.Equal(RuleWords.Severities.Keys, Choices("severity"));
        Assert.Equal(RuleWords.Profiles.Keys, Choices("profile"));
        Assert.Equal(RuleWords.ShadowByStatus.Keys, Choices("status"));

        static IEnumerable<string> Choices(string field) =>
            RuleSchema.Root["$defs"]!["rule"]!["properties"]![field]!["enum"]!.AsArray().Select(choice => choice!.GetValue<string>());
    }

    [Fact]
    public void The_bounds_of_a_rule_in_the_schema_are_the_limits()
    {
        var rule = RuleSchema.Root["$defs"]!["rule"]!["properties"]!;

        Assert.Equal(ScanLimits.MaxMatchLength, rule["max_length"]!["maximum"]!.GetValue<int>());
        Assert.Equal(ScanLimits.DefaultMatchLength, rule["max_length"]!["default"]!.GetValue<int>());
        Assert.Equal(RuleLimits.MaxIdLength, rule["id"]!["maxLength"]!.GetValue<int>());
        Assert.Equal(RuleLimits.MaxEntropy, rule["entropy"]!["maximum"]!.GetValue<double>());
        Assert.Equal(RuleLimits.MaxNearDistance, rule["near"]!["properties"]!["within"]!["maximum"]!.GetValue<int>());
    }

    [Fact]
    public void The_fields_of_the_configuration_in_the_schema_are_those_the_readers_accept()
    {
        string yaml = WithUnknown(ConfigSchema, ConfigSchema.Root)!.ToJsonString();
        var accepted = ReadConfiguration(yaml).Mistakes.Select(mistake => UnknownField().Match(mistake.Message)).Where(match => match.Success)
            .ToDictionary(match => match.Groups[1].Value, match => Sorted(match.Groups[2].Value.Split(", ")));
        var inSchema = Objects(ConfigSchema, ConfigSchema.Root, "")
            .ToDictionary(o => o.Path + Unknown, o => Sorted(o.Properties));

        Assert.Equal(
            inSchema.Select(o => $"{o.Key}: {o.Value}").Order(StringComparer.Ordinal),
            accepted.Select(o => $"{o.Key}: {o.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("receivers:\n  otlp:\n    protocols:\n      grpc:\n      http: {endpoint: \"0.0.0.0:4318\", max_recv_msg_size_mib: 16}\n")]
    [InlineData("exporters:\n  otlp/a: {endpoint: \"http://backend:4317\", timeout: 1m30s, compression: gzip, signals: [traces]}\n  debug:\n")]
    [InlineData("exporters: {otlphttp: {endpoint: \"https://host/otel\", headers: {Authorization: \"Basic ${env:AUTH}\"}}}")]
    [InlineData("rules: {profile: strict, allow: {patterns: [acme_test]}}\nhealth: {endpoint: \"127.0.0.1:1\"}")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], traces: }, kafka/logs: {brokers: \"b:2\", logs: {topics: [^x], encoding: json}, tls: , auth: {sasl: {mechanism: PLAIN, username: u, password: \"${env:AUTH}\"}}}}\nexporters: {kafka/out: {brokers: [\"a:1\"], traces: {topic: out}, logs: , producer: {compression: zstd, required_acks: -1}}}")]
    public void A_configuration_that_is_accepted_is_valid(string yaml)
    {
        Assert.Empty(ReadConfiguration(yaml).Mistakes);
        Assert.Empty(ConfigSchema.Mistakes(YamlJson.Read(yaml)));
    }

    [Theory]
    [InlineData("exporter: {}")]
    [InlineData("exporters: {otlp: {endpoint: \"http://backend:4317\", compresion: gzip}}")]
    [InlineData("exporters: {otlp: {endpoint: \"http://backend:4317\", timeout: soon}}")]
    [InlineData("exporters: {otlp: {}}")]
    [InlineData("rules: {profile: lenient}")]
    [InlineData("health: {endpoint: here}")]
    [InlineData("receivers: {kafka: {}}")]
    [InlineData("receivers: {kafka: {brokers: [\"a:1\"], traces: {encoding: text}}}")]
    [InlineData("exporters: {kafka: {brokers: [\"a:1\"], producer: {required_acks: 1}}}")]
    public void What_the_configuration_readers_refuse_the_schema_refuses(string yaml)
    {
        Assert.NotEmpty(ReadConfiguration(yaml).Mistakes);
        Assert.NotEmpty(ConfigSchema.Mistakes(YamlJson.Read(yaml)));
    }

    private static string Sorted(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    private static ConfigurationResult ReadConfiguration(string yaml) =>
        ConfigurationFile.Read(Encoding.UTF8.GetBytes(yaml), "test.yaml", "/", name => name == "AUTH" ? "x" : null);

    /// <summary>A value with every object that the schema knows, each with one unknown field.</summary>
    private static JsonObject WithUnknown(SchemaFile file, JsonObject schema)
    {
        var value = new JsonObject { [Unknown] = "x" };
        foreach (var (name, inner) in Inner(file, schema))
        {
            value[name] = inner.IsList ? new JsonArray(WithUnknown(file, inner.Schema)) : WithUnknown(file, inner.Schema);
        }

        return value;
    }

    private static IEnumerable<(string Path, IEnumerable<string> Properties)> Objects(SchemaFile file, JsonObject schema, string path)
    {
        // The message about an unknown exporter is one of its own.
        if (path != "exporters.")
        {
            yield return (path, schema["properties"]!.AsObject().Select(p => p.Key));
        }

        foreach (var (name, inner) in Inner(file, schema))
        {
            foreach (var found in Objects(file, inner.Schema, $"{path}{name}{(inner.IsList ? "[0]" : "")}."))
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, (JsonObject Schema, bool IsList)>> Inner(SchemaFile file, JsonObject schema)
    {
        foreach (var (name, given) in schema["properties"]!.AsObject())
        {
            var inner = file.Resolve(given!.AsObject());
            bool isList = inner["items"] is JsonObject;
            inner = isList ? file.Resolve(inner["items"]!.AsObject()) : inner;
            if (inner["properties"] is not null)
            {
                yield return KeyValuePair.Create(name, (inner, isList));
            }
        }
    }

    [GeneratedRegex("^unknown (?:field|key) \"([^\"]*)\"; there are (.*)$")]
    private static partial Regex UnknownField();
}
