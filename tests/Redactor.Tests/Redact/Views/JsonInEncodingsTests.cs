using System.Text;
using System.Text.Json;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact.Views;

/// <summary>JSON that is encoded as a whole: what a rule finds in the spelling, where quotes are <c>%22</c> or <c>&amp;quot;</c>, breaks no JSON and hides no member.</summary>
public sealed class JsonInEncodingsTests
{
    /// <summary>Its value runs on over much that is no quote, as those of passwords do.</summary>
    private static readonly Rule Assigned = Rule("assigned", "login=([^\\s\",;\\\\]{4,64})");

    private static readonly Rule Block = Rule("block", "BEGIN(?s:.{4,128}?)END");

    private static readonly RuleSet Rules = RuleSet.Create(
        [Rule("canary", "cnry-[0-9a-f]{16}"), new Rule { Scan = new ScanRule { Id = "secret-name", Keys = ["pin", "x-api-key"] } }, Assigned, Block, new Rule { Scan = new ScanRule { Id = "known" } }],
        "test",
        new ScannerOptions { Values = [new ExactValues([new ExactValue(4, "{\"type\":\"account\",\"key\":1}"u8.ToArray())])] });

    /// <summary>What <c>encodeURI</c> leaves as it is.</summary>
    private static readonly Wrapping Uri = new(
        "encodeURI",
        text => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => char.IsAsciiLetterOrDigit((char)b) || ";/?:@&=+$,-_.!~*'()#".Contains((char)b, StringComparison.Ordinal) ? ((char)b).ToString() : $"%{b:X2}")),
        System.Uri.UnescapeDataString);

    [Theory]
    [InlineData("{%22a%22:%22login=opensesame%22,%22b%22:%22x%22}", "{%22a%22:%22login=[REDACTED:assigned]%22,%22b%22:%22x%22}")]
    [InlineData("{&quot;a&quot;:&quot;login=opensesame&quot;,&quot;b&quot;:1}", "{&quot;a&quot;:&quot;login=[REDACTED:assigned]&quot;,&quot;b&quot;:1}")]
    [InlineData("{%22a%22:%22{%2522c%2522:%2522login=opensesame%2522}%22,%22b%22:%22x%5Cny%22}", "{%22a%22:%22{%2522c%2522:%2522login=[REDACTED:assigned]%2522}%22,%22b%22:%22x%5Cny%22}")]
    [InlineData("{%22a%22:%22login=opensesame%22,%22b%22:%22&quot;%22}", "{%22a%22:%22login=[REDACTED:assigned]%22,%22b%22:%22&quot;%22}")]
    [InlineData("{%22a%22:%22{&quot;pin&quot;:&quot;xyz&quot;}%22}", "{%22a%22:%22{&quot;pin&quot;:&quot;[REDACTED:secret-name]&quot;}%22}")]
    public void What_is_found_in_the_spelling_of_json_ends_where_its_string_does(string text, string expected) => Assert.Equal(expected, Redact(text));

    /// <summary>Where all of the JSON is the value of something, it goes as a whole.</summary>
    [Theory]
    [InlineData("login=%7B%22a%22:%22b%22%7D", "login=[REDACTED:assigned]")]
    [InlineData("go to ?login={%22a%22:%22b%22} now", "go to ?login=[REDACTED:assigned] now")]
    public void What_is_found_around_json_stays_whole(string text, string expected) => Assert.Equal(expected, Redact(text));

    [Theory]
    [InlineData("""{"headers":"{&quot;x-api-key&quot;:&quot;abc&quot;}"}""", """{"headers":"{&quot;x-api-key&quot;:&quot;[REDACTED:secret-name]&quot;}"}""")]
    [InlineData("""{"a":1,"b":"{&quot;c&quot;:{&quot;pin&quot;:7}}"}""", """{"a":1,"b":"{&quot;c&quot;:{&quot;pin&quot;:&quot;[REDACTED:secret-name]&quot;}}"}""")]
    public void Names_in_html_in_strings_of_json_are_names(string text, string expected) => Assert.Equal(expected, Redact(text));

    /// <summary>Each such string would be a view of its own: more than a text of short ones may have.</summary>
    [Fact]
    public void Html_in_strings_of_json_that_says_nothing_is_no_view()
    {
        string text = $"[{string.Join(',', Enumerable.Repeat("\"{&quot;a&quot;:1}\"", 1000))}]";
        Assert.Equal(text, Redact(text));
    }

    [Fact]
    public void A_name_that_a_finding_only_passes_stays() =>
        Assert.Equal("""{"a":"[REDACTED:block]","name":["[REDACTED:block]"],"b":"[REDACTED:block] z"}""", Redact("""{"a":"BEGIN x","name":["y"],"b":"END z"}"""));

    [Theory]
    [InlineData("""{"a":"BEGIN x","NAME":"y","b":"END z"}""")]
    [InlineData("""{"BEGIN NAME":"y","b":"END z"}""")]
    [InlineData("""{"a":"BEGIN","b":{"c":"x","NAME END":1}}""")]
    public void A_name_that_may_be_a_part_of_a_secret_does_not(string text)
    {
        string name = new('n', 32), redacted = Redact(text.Replace("NAME", name, StringComparison.Ordinal));
        Assert.DoesNotContain(name, redacted, StringComparison.Ordinal);
        JsonDocument.Parse(redacted).Dispose();
    }

    [Fact]
    public void Names_in_a_known_value_are_masked() =>
        Assert.DoesNotContain("account", Redact("""{"file":{"type":"account","key":1}}"""), StringComparison.Ordinal);

    [Fact]
    public void A_number_has_the_quotes_of_the_text_it_stands_in() => Assert.Equal(
        """see {"path":"\"quoted\"","pin":"[REDACTED:secret-name]"}""", Redact("""see {"path":"\"quoted\"","pin":1234}"""));

    [Fact]
    public void Json_in_any_two_encodings_has_the_members_that_it_had()
    {
        const string Json = """
            {"a":"login=opensesame","b":["a login=opensesame b",1,true],"c":{"d":"CANARY"},"e":"\"login=opensesame\"","f":"line\nline","g":"&amp; login=opensesame"}
            """;
        string json = Json.Replace("CANARY", Canary, StringComparison.Ordinal);
        Wrapping[] all = [Uri, .. Wrapping.All.Where(wrapping => wrapping.Name != "json")];
        IEnumerable<Wrapping[]> nestings = from first in all from second in all select new[] { first, second };
        Assert.All(nestings, wrappings =>
        {
            string redacted = Redact(wrappings.Aggregate(json, (inner, wrapping) => wrapping.Encode(inner)));
            string unwrapped = wrappings.Reverse().Aggregate(redacted, (outer, wrapping) => wrapping.Decode(outer));
            Assert.Equal(Shape(json), Shape(unwrapped));
            Assert.DoesNotContain("opensesame", unwrapped, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, unwrapped, StringComparison.Ordinal);
            Assert.Equal(redacted, Redact(redacted));
        });
    }

    /// <summary>JSON with all its strings the same.</summary>
    private static string Shape(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Shape(document.RootElement);
    }

    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(member => $"{member.Name}:{Shape(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Shape))}]",
        JsonValueKind.String => "s",
        _ => element.GetRawText(),
    };

    private static string Redact(string text) => Encoding.UTF8.GetString(TextRedactor.Redact(Encoding.UTF8.GetBytes(text), Rules).Bytes.Span);
}
