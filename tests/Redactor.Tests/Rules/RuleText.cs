using System.Text;
using Redactor.Rules;

namespace Redactor.Tests.Rules;

/// <summary>Rules from YAML that must be right, for tests of what is done with them.</summary>
internal static class RuleText
{
    public static IReadOnlyList<Rule> Read(string yaml)
    {
        var mistakes = new List<RuleMistake>();
        var file = RuleFile.Read("test.yaml", Encoding.UTF8.GetBytes(yaml), mistakes);
        Assert.Empty(mistakes);
        return file.Rules;
    }

    public static RuleSet Compile(string yaml, AllowList? allow = null) => RuleSet.Create(Read(yaml), "test", allow: allow);
}
