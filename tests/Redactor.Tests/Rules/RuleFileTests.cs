using System.Text;
using Redactor.Rules;

namespace Redactor.Tests.Rules;

public sealed class RuleFileTests
{
    [Fact]
    public void Every_field_of_a_rule_is_read()
    {
        var rule = Assert.Single(Read("""
            - id: acme-api-key
              title: Acme API key
              pattern: 'acme_([A-Za-z0-9]{20,200})'
              keywords: [acme_]
              entropy: 3.5
              check: mixed
              near: {words: [key, token], within: 40}
              keys: [api_key, "*-secret"]
              max_length: 512
              profile: strict
              mask: last4
              severity: high
              tags: [saas, credential]
              status: shadow
              examples: {match: ["acme_{alnum:40}", {api_key: x}], ignore: [acme_short]}
            """).Rules);

        Assert.Equal("acme-api-key", rule.Id);
        Assert.Equal("Acme API key", rule.Title);
        Assert.Equal("acme_([A-Za-z0-9]{20,200})", rule.Scan.Pattern);
        Assert.Equal(["acme_"], rule.Scan.Keywords);
        Assert.Equal(3.5, rule.Scan.Entropy);
        Assert.Equal("mixed", rule.Scan.Check);
        Assert.Equal(["key", "token"], rule.Scan.Near!.Words);
        Assert.Equal(40, rule.Scan.Near.Within);
        Assert.Equal(["api_key", "*-secret"], rule.Scan.Keys);
        Assert.Equal(512, rule.Scan.MaxLength);
        Assert.True(rule.Scan.Shadow);
        Assert.Equal(Profile.Strict, rule.Profile);
        Assert.Equal(Mask.Last4, rule.Mask);
        Assert.Equal(Severity.High, rule.Severity);
        Assert.Equal(["saas", "credential"], rule.Tags);
        Assert.Equal([(null, true), ("api_key", true), (null, false)], rule.Examples.Select(e => (e.Name, e.IsMatch)));
        Assert.Equal(45, rule.Examples[0].Text.Text.Length);
        Assert.Equal(("rules/a.yaml", 1, 3), (rule.File, rule.Line, rule.Column));
    }

    [Fact]
    public void Most_fields_have_defaults()
    {
        var rule = Assert.Single(Read("- {id: a, pattern: 'acme_[a-z]{9}'}").Rules);

        Assert.Equal((Profile.Default, Mask.Label, Severity.Medium, false), (rule.Profile, rule.Mask, rule.Severity, rule.Scan.Shadow));
        Assert.Empty(rule.Examples);
    }

    [Theory]
    [InlineData("- {id: a, pattern: acme_x, keyword: [x]}", """1:28: a: unknown field "keyword"; did you mean "keywords"?""")]
    [InlineData("- {id: a, pattern: acme_x, Max-Length: 7}", """1:28: a: unknown field "Max-Length"; did you mean "max_length"?""")]
    [InlineData("- {id: Acme_Key, pattern: acme_x}", "1:8: \"id\" must be lower-case letters and digits with single hyphens between, at most 64 characters, such as acme-api-key")]
    [InlineData("- {id: known, pattern: acme_x}", "1:8: \"id\" can't be \"known\": the labels of known secrets begin so; write another, such as known-keys")]
    [InlineData("- {id: a--b, pattern: acme_x}", "1:8: \"id\" must be lower-case letters and digits with single hyphens between, at most 64 characters, such as acme-api-key")]
    [InlineData("- {pattern: acme_x}", "1:3: a rule needs an \"id\"")]
    [InlineData("- {id: a, title: x}", "1:3: a: has neither \"pattern\" nor \"keys\": give it one, or both")]
    [InlineData("- {id: a, pattern: [acme_x]}", "1:20: a: \"pattern\" must hold plain text here, not a list or a mapping")]
    [InlineData("- {id: a, pattern: }", "1:20: a: \"pattern\" is empty; give it a value or remove it")]
    [InlineData("- {id: a, pattern: acme_x, keywords: acme}", "1:38: a: \"keywords\" must be a list, such as keywords: [...]")]
    [InlineData("- {id: a, keys: []}", "1:17: a: \"keys\" is empty; remove it or list something")]
    [InlineData("- {id: a, pattern: acme_x, entropy: high}", "1:37: a: \"entropy\" must be a number from 0 to 8")]
    [InlineData("- {id: a, pattern: acme_x, entropy: 8.5}", "1:37: a: \"entropy\" must be a number from 0 to 8")]
    [InlineData("- {id: a, pattern: acme_x, except: next}", "1:36: a: \"except\" must be a list, such as except: [...]")]
    [InlineData("- {id: a, pattern: acme_x, near: [card]}", "1:34: a: \"near\" must be a mapping, such as near: {...}")]
    [InlineData("- {id: a, pattern: acme_x, near: {words: [card]}}", "1:34: a: \"within\" is missing")]
    [InlineData("- {id: a, pattern: acme_x, near: {words: [card], within: 257}}", "1:58: a: \"within\" must be a whole number from 1 to 256")]
    [InlineData("- {id: a, pattern: acme_x, mask: lable}", "1:34: a: \"mask\" can't be \"lable\"; did you mean \"label\"?")]
    [InlineData("- {id: a, pattern: acme_x, status: off}", "1:36: a: \"status\" can't be \"off\"; there are active, shadow")]
    [InlineData("- {id: a, pattern: acme_x, profile: paranoid}", "1:37: a: \"profile\" can't be \"paranoid\"; there are default, strict")]
    [InlineData("- {id: a, pattern: acme_x, check: luhm}", "1:35: a: unknown check \"luhm\"; did you mean \"luhn\"?")]
    [InlineData("- {id: a, pattern: acme_x, examples: {match: [['x']]}}", "1:47: a: an example is a text, or one name with its value, such as {authorization: \"Bearer ...\"}")]
    [InlineData("- {id: a, pattern: acme_x, examples: {match: ['{alnum:x}']}}", "1:47: a: \"x\" is no length for a fill; use 0 to 16384")]
    [InlineData("- just text", "1:3: a rule is a mapping: \"- id: ...\" and its other fields below")]
    [InlineData("id: a", "1:1: a rule file is a list: each rule begins with \"- id: ...\"")]
    [InlineData("# nothing yet", "holds no rules; write some or remove the file")]
    [InlineData("", "holds no rules; write some or remove the file")]
    [InlineData("- {id: a, pattern: \"acme_\\d\"}", "1:20: broken YAML: while scanning a quoted scalar, found unknown escape character; put patterns in single quotes, where a backslash is itself")]
    [InlineData("- id: a\n\tpattern: acme_x", "2:1: broken YAML: while scanning a plain scalar, found a tab character that violate indentation; indent with spaces")]
    [InlineData("- {id: a, id: b, pattern: acme_x}", "1:11: broken YAML: duplicate key id")]
    public void A_mistake_is_told_with_its_place_and_what_would_be_right(string yaml, string expected)
    {
        var mistakes = new List<RuleMistake>();
        var file = RuleFile.Read("rules/a.yaml", Encoding.UTF8.GetBytes(yaml), mistakes);

        Assert.Empty(file.Rules);
        string line = Assert.Single(mistakes).ToString();
        Assert.StartsWith("rules/a.yaml:", line, StringComparison.Ordinal);
        Assert.Equal(expected, line["rules/a.yaml:".Length..].TrimStart());
    }

    [Fact]
    public void A_check_that_does_not_exist_is_answered_with_those_that_do()
    {
        string message = Assert.Single(Mistakes("- {id: a, pattern: acme_x, check: moon-phase}")).Message;

        Assert.Contains("luhn", message, StringComparison.Ordinal);
        Assert.Contains("iban", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- id: a\n  pattern: acme_(x", 2, 17)]
    [InlineData("- id: a\n  pattern: 'it''s_(x'", 2, 18)]
    [InlineData("- id: a\n  pattern: \"\\x61\\u0063\\\\_(x\"", 2, 26)]
    [InlineData("- id: a\n  pattern: |\n    acme_(x", 2, 12)]
    public void What_the_scanner_refuses_is_shown_at_the_character_in_the_pattern(string yaml, int line, int columnOfGroup)
    {
        var mistake = Assert.Single(Mistakes(yaml));

        Assert.Equal((line, "a"), (mistake.Line, mistake.RuleId));
        Assert.InRange(mistake.Column, columnOfGroup, columnOfGroup + 3);
    }

    [Fact]
    public void All_mistakes_of_a_file_are_told_at_once_and_the_good_rules_are_kept()
    {
        var mistakes = new List<RuleMistake>();
        var file = RuleFile.Read("a.yaml", """
            - {id: a, pattern: acme_x, entropy: 99, mask: nothing, colour: red}
            - {id: b, pattern: acme_y}
            - {id: c, pattern: acme_(}
            """u8, mistakes);

        Assert.Equal(["b"], file.Rules.Select(rule => rule.Id));
        Assert.Equal([1, 1, 1, 3], mistakes.Select(mistake => mistake.Line));
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_read_or_refused_and_never_throws()
    {
        byte[] whole = Encoding.UTF8.GetBytes("- id: a\n  pattern: 'acmé_([A-Z]{3})'\n  near: {words: [\"x\\u00e9\"], within: 3}\n  examples:\n    match: [{k: v}]\n");
        for (int length = 0; length < whole.Length; length++)
        {
            var mistakes = new List<RuleMistake>();
            var file = RuleFile.Read("a.yaml", whole.AsSpan(0, length), mistakes);

            Assert.True(mistakes.Count > 0 || file.Rules.Count > 0);
        }
    }

    [Fact]
    public void YAML_nested_a_hundred_thousand_deep_is_refused()
    {
        var mistake = Assert.Single(Mistakes(new string('[', 100_000)));

        Assert.Contains("nested deeper than 16", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        var mistakes = new List<RuleMistake>();
        RuleFile.Read("a.yaml", [0xff, 0xfe, 0x00], mistakes);

        Assert.Equal("a.yaml: is not UTF-8 text", Assert.Single(mistakes).ToString());
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text() =>
        Assert.Single(RuleFile.Read("a.yaml", "\uFEFF- {id: a, pattern: acme_x}"u8, []).Rules);

    [Fact]
    public void A_second_document_is_refused_with_its_line()
    {
        var mistake = Assert.Single(Mistakes("- {id: a, pattern: acme_x}\n---\n- {id: b, pattern: acme_y}\n"));

        Assert.Equal(3, mistake.Line);
    }

    private static RuleFile Read(string yaml)
    {
        var mistakes = new List<RuleMistake>();
        var file = RuleFile.Read("rules/a.yaml", Encoding.UTF8.GetBytes(yaml), mistakes);
        Assert.Empty(mistakes);
        return file;
    }

    private static List<RuleMistake> Mistakes(string yaml)
    {
        var mistakes = new List<RuleMistake>();
        RuleFile.Read("a.yaml", Encoding.UTF8.GetBytes(yaml), mistakes);
        return mistakes;
    }
}
