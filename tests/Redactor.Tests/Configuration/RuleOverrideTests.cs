using System.Security.Cryptography;
using System.Text;
using Redactor.Configuration;
using Redactor.Redact;
using Redactor.Rules;

namespace Redactor.Tests.Configuration;

/// <summary>The sections <c>rules.overrides</c> and <c>rules.allow</c>, from the file to the rules in force.</summary>
public sealed class RuleOverrideTests : IDisposable
{
    private const string Rules = """
        - {id: alpha, pattern: 'alpha_[a-z]{3}', tags: [letters, first]}
        - {id: bravo, pattern: 'bravo_[a-z]{3}', tags: [letters]}
        - {id: strict-one, pattern: 'strict_[a-z]{3}', profile: strict}
        """;

    private const string Sample = "alpha_abc bravo_abc strict_abc";

    private readonly TemporaryFolder folder = new();

    public RuleOverrideTests()
    {
        folder.Write("rules/a.yaml", Rules);
        folder.Write("rules/b.yaml", "- {id: charlie, pattern: 'charlie_[a-z]{3}'}");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{ids: [alpha], status: off}", "alpha_abc [REDACTED:bravo] strict_abc")]
    [InlineData("{tags: [letters], mask: full}", "********* ********* strict_abc")]
    [InlineData("{tags: [letters], mask: full}, {ids: [bravo], mask: last4}", "********* [REDACTED:bravo:...bc] strict_abc")]
    [InlineData("{ids: [alpha], tags: [letters], status: shadow}", "alpha_abc bravo_abc strict_abc")]
    [InlineData("{ids: [strict-one], profile: default}", "[REDACTED:alpha] [REDACTED:bravo] [REDACTED:strict-one]")]
    [InlineData("{ids: [alpha], profile: strict}", "alpha_abc [REDACTED:bravo] strict_abc")]
    [InlineData("{files: ['rules/a*.yaml'], status: shadow}, {tags: [first], status: active}", "[REDACTED:alpha] bravo_abc strict_abc")]
    public void Overrides_change_rules_in_their_order_and_leave_the_files_alone(string overrides, string expected) =>
        Assert.Equal(expected, Mask(Sample, Load($"overrides: [{overrides}]").Rules!));

    [Fact]
    public void Shadow_by_file_still_counts()
    {
        var rules = Load("overrides: [{files: [rules/a.yaml], status: shadow}]").Rules!;

        Assert.Equal(2, TextRedactor.Redact(Encoding.UTF8.GetBytes(Sample), rules).Report.Findings.Sum(f => f.Count));
        Assert.Equal(["charlie"], rules.Rules.Where(rule => !rule.IsShadow).Select(rule => rule.Id));
    }

    [Fact]
    public void Allowed_values_stay_and_their_neighbours_do_not()
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData("bravo_abc"u8));
        var rules = Load($"allow: {{patterns: ['alpha_a.*'], sha256: [{hash}]}}").Rules!;

        Assert.Equal("alpha_abc [REDACTED:alpha] bravo_abc [REDACTED:bravo]", Mask("alpha_abc alpha_xyz bravo_abc bravo_abd", rules));
        Assert.Equal(2, TextRedactor.Redact("alpha_abc alpha_xyz bravo_abc bravo_abd"u8.ToArray(), rules).Report.Findings.Sum(f => f.Count));
    }

    [Theory]
    [InlineData("overrides: [{ids: [alhpa], status: off}]", "redactor.yaml:1:53: no rule has the id \"alhpa\"; did you mean \"alpha\"?")]
    [InlineData("overrides: [{tags: [digits], status: off}]", "redactor.yaml:1:54: no rule has the tag \"digits\"")]
    [InlineData("overrides: [{ids: [alpha], mask: hash}]", "redactor.yaml:1:46: " + RuleLoad.HashNeedsKey)]
    [InlineData("overrides: [{tags: [letters], status: off}, {ids: [charlie], status: off}]", "no rule is left, all are of the strict profile or switched off by an override: the default profile would mask nothing")]
    public void An_override_that_the_rules_cannot_follow_is_refused(string settings, string expected)
    {
        var load = Load(settings);

        Assert.Null(load.Rules);
        Assert.EndsWith(expected, Assert.Single(load.Mistakes).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("overrides: [{status: off}]", "rules.overrides[0] names no rules; add ids, tags or files")]
    [InlineData("overrides: [{ids: [alpha]}]", "rules.overrides[0] changes nothing; add status, profile, mask or only")]
    [InlineData("overrides: [{ids: [alpha], status: of}]", "rules.overrides[0].status can't be \"of\"; did you mean \"off\"?")]
    [InlineData("overrides: [{ids: [alpha], mask: drop}]", "rules.overrides[0].mask can't be \"drop\"; there are label, full, last4, hash, drop-field, drop-record")]
    [InlineData("overrides: [{ids: [alpha], status: off, services: [a]}]", "rules.overrides[0] has services, which go with mask alone; to bound where rules take part write only: {services: [...]}")]
    [InlineData("overrides: [{ids: [alpha], only: {}}]", "rules.overrides[0].only sets no bound; add services, signals or attributes")]
    [InlineData("overrides: [{ids: [alpha], only: {signals: [spans]}}]", "rules.overrides[0].only.signals: 'spans' can't be used; write traces, metrics, logs or profiles")]
    [InlineData("overrides: [{ids: [alpha], only: {attributes: ['a*b']}}]", "rules.overrides[0].only.attributes: 'a*b': a * may stand at the start or the end of a name only")]
    [InlineData("overrides: {ids: [alpha]}", "rules.overrides must be a list of mappings, such as overrides: [{...}]")]
    [InlineData("overrides: [{id: alpha, status: off}]", "unknown key \"rules.overrides[0].id\"; did you mean \"ids\"?")]
    [InlineData("allow: {patterns: ['x(']}", "rules.allow.patterns: ")]
    [InlineData("allow: {patterns: ['[A-Za-z0-9]+']}", "rules.allow.patterns: would allow any key; write what the values to allow have in common")]
    [InlineData("allow: {sha256: [abc]}", "rules.allow.sha256 lists 64 hex digits each; make them by: printf %s VALUE | sha256sum")]
    public void A_mistake_in_the_configuration_names_what_would_be_right(string settings, string expected)
    {
        var mistakes = Read(settings).Mistakes;

        Assert.Contains(mistakes, m => m.Line == 1 && m.Message.StartsWith(expected, StringComparison.Ordinal));
    }

    private static string Mask(string text, RuleSet rules) => Encoding.UTF8.GetString(TextRedactor.Redact(Encoding.UTF8.GetBytes(text), rules).Bytes.Span);

    private RuleLoad Load(string settings)
    {
        var result = Read(settings);
        Assert.Empty(result.Mistakes);
        return RuleLoad.From(result.Options!.Rules);
    }

    private ConfigurationResult Read(string settings) => ConfigurationFile.Read(
        Encoding.UTF8.GetBytes($"rules: {{files: ['rules/*.yaml'], {settings}}}"), "redactor.yaml", folder.Path, _ => null);
}
