using System.Text.RegularExpressions;
using Redactor.Configuration;
using Redactor.Forward;
using Redactor.Rules;

namespace Redactor.Tests.Configuration;

/// <summary>The configuration that otel-collector-example.yaml and the README show is right, or newcomers would begin with an error.</summary>
public sealed partial class ExampleConfigurationTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"redactor-example-{Guid.NewGuid():N}.yaml");

    public static TheoryData<string> Examples { get; } =
    [
        .. Read("otel-collector-example.yaml").Split("\n---\n").Where(part => part.StartsWith("# redactor.yaml", StringComparison.Ordinal)),
        .. Read("README.md").Split("```").Where(part => part.StartsWith("yaml\nexporters:", StringComparison.Ordinal)).Select(part => part["yaml\n".Length..]),
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_configuration_is_right(string yaml)
    {
        File.WriteAllText(file, yaml);
        foreach (var name in EnvironmentReference().Matches(yaml).Select(m => m.Groups[1].Value))
        {
            Environment.SetEnvironmentVariable(name, "any");
        }

        var result = ConfigurationFile.Load(file);

        Assert.Empty(result.Mistakes);
        Assert.All(result.Options!.Exporters, exporter => Assert.IsType<OtlpExporterOptions>(exporter));
    }

    [Fact]
    public void The_overrides_that_the_README_shows_fit_the_delivered_rules()
    {
        File.WriteAllText(file, Read("README.md").Split("```").Single(part => part.StartsWith("yaml\nrules:", StringComparison.Ordinal))["yaml\n".Length..]);

        var result = ConfigurationFile.Load(file);

        Assert.Empty(result.Mistakes);
        Assert.Empty(RuleLoad.From(result.Options!.Rules).Mistakes);
    }

    public void Dispose() => File.Delete(file);

    private static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Root, name));

    [GeneratedRegex(@"\$\{env:(\w+)\}")]
    private static partial Regex EnvironmentReference();
}
