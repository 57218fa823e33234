namespace Redactor.Tests.Telemetry;

/// <summary>Tests that count by meters run one after the other: a meter is known to all of the process by its name, and each would count what the others do.</summary>
[CollectionDefinition(Name)]
public sealed class SharedMeters
{
    public const string Name = "shared meters";
}
