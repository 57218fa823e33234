using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Redactor.Tests.Schema;

/// <summary>One of the JSON Schemas in docs/schema, and as much of a validator (draft 7) as they use: a keyword it does not know fails.</summary>
internal sealed class SchemaFile(string name)
{
    private static readonly string[] Annotations = ["$schema", "$defs", "title", "description", "default"];

    public JsonObject Root { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "schema", name)))!.AsObject();

    /// <summary>The schema itself, or the one it refers to.</summary>
    public JsonObject Resolve(JsonObject schema) =>
        schema["$ref"]?.GetValue<string>() is { } reference ? Root["$defs"]![reference["#/$defs/".Length..]]!.AsObject() : schema;

    /// <summary>What in <paramref name="value"/> the schema does not allow, each with its place.</summary>
    public IEnumerable<string> Mistakes(JsonNode? value) => Mistakes(value, Root, "");

    private IEnumerable<string> Mistakes(JsonNode? value, JsonObject given, string place)
    {
        var schema = Resolve(given);
        return schema.SelectMany(keyword => Mistakes(value, schema, keyword.Key, keyword.Value!, place));
    }

    private IEnumerable<string> Mistakes(JsonNode? value, JsonObject schema, string keyword, JsonNode argument, string place)
    {
        switch (keyword)
        {
            case "properties":
                return (value as JsonObject ?? []).SelectMany(member => argument[member.Key] is JsonObject inner ? Mistakes(member.Value, inner, $"{place}.{member.Key}") : []);
            case "patternProperties":
                return (value as JsonObject ?? []).SelectMany(member => argument.AsObject()
                    .Where(pattern => Regex.IsMatch(member.Key, pattern.Key))
                    .SelectMany(pattern => Mistakes(member.Value, pattern.Value!.AsObject(), $"{place}.{member.Key}")));
            case "additionalProperties":
                return (value as JsonObject ?? [])
                    .Where(member => schema["properties"]?[member.Key] is null && !(schema["patternProperties"]?.AsObject() ?? []).Any(p => Regex.IsMatch(member.Key, p.Key)))
                    .SelectMany(member => argument is JsonObject inner ? Mistakes(member.Value, inner, $"{place}.{member.Key}") : [$"{place}.{member.Key}: not known"]);
            case "items":
                return (value as JsonArray ?? []).SelectMany((item, i) => Mistakes(item, argument.AsObject(), $"{place}[{i}]"));
            case "anyOf":
                return argument.AsArray().Any(choice => !Mistakes(value, choice!.AsObject(), place).Any()) ? [] : [$"{place}: none of anyOf"];
            default:
                return Annotations.Contains(keyword) || Holds(value, keyword, argument) ? [] : [$"{place}: {keyword} {argument.ToJsonString()}"];
        }
    }

    private static bool Holds(JsonNode? value, string keyword, JsonNode argument) => keyword switch
    {
        "type" => (argument is JsonArray types ? types.Select(t => t!.GetValue<string>()) : [argument.GetValue<string>()]).Any(type => IsOf(type, value)),
        "enum" => argument.AsArray().Any(choice => JsonNode.DeepEquals(choice, value)),
        "required" => value is not JsonObject members || argument.AsArray().All(name => members.ContainsKey(name!.GetValue<string>())),
        "minItems" => value is not JsonArray array || array.Count >= argument.GetValue<int>(),
        "minProperties" => value is not JsonObject few || few.Count >= argument.GetValue<int>(),
        "maxProperties" => value is not JsonObject many || many.Count <= argument.GetValue<int>(),
        "minLength" => !IsOf("string", value) || value!.GetValue<string>().Length >= argument.GetValue<int>(),
        "maxLength" => !IsOf("string", value) || value!.GetValue<string>().Length <= argument.GetValue<int>(),
        "pattern" => !IsOf("string", value) || Regex.IsMatch(value!.GetValue<string>(), argument.GetValue<string>()),
        "minimum" => !IsOf("number", value) || value!.GetValue<double>() >= argument.GetValue<double>(),
        "maximum" => !IsOf("number", value) || value!.GetValue<double>() <= argument.GetValue<double>(),
        _ => throw new NotSupportedException($"this validator does not know {keyword}"),
    };

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "null" => value is null,
        "integer" => value is JsonValue whole && whole.TryGetValue(out double number) && number == Math.Floor(number),
        "number" => value is JsonValue some && some.TryGetValue<double>(out _),
        "boolean" => value is JsonValue choice && choice.TryGetValue<bool>(out _),
        "string" => value is JsonValue text && text.TryGetValue<string>(out _),
        _ => throw new NotSupportedException($"this validator does not know the type {type}"),
    };
}
