using Redactor.Cli;
using Redactor.Rules;

namespace Redactor.Tests.Cli;

public sealed class RuleOptionsTests
{
    private static readonly RuleSource Configured = new(["configured.yaml"], Profile.Strict) { Allow = AllowList.Create(["x"], []) };

    [Fact]
    public void Without_options_the_configuration_holds() => Assert.Equal(Configured, RuleOptions.Source(Configured, [], null));

    [Fact]
    public void Options_go_before_the_configuration_and_leave_the_rest_of_it()
    {
        var source = RuleOptions.Source(Configured, ["named.yaml"], Profile.Default);

        Assert.Equal(["named.yaml"], source.Patterns);
        Assert.Equal(Profile.Default, source.Profile);
        Assert.Same(Configured.Allow, source.Allow);
    }
}
