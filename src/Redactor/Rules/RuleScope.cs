using Redactor.Scanning;

namespace Redactor.Rules;

/// <summary>
/// Where a rule takes part; an empty list sets no bound. Where the payload does not tell (a resource without a name, text outside OTLP) the rule takes part. Immutable.
/// </summary>
public sealed class RuleScope
{
    private readonly Scanner? attributes;

    /// <param name="services">Values of <c>service.name</c>.</param>
    /// <param name="signals">Signals.</param>
    /// <param name="attributes">Names of attributes, spelled and compared as <see cref="ScanRule.Keys"/>.</param>
    /// <exception cref="ScanRuleException">An attribute's name is none: <see cref="Validate"/> says so before.</exception>
    public RuleScope(IReadOnlyList<string> services, IReadOnlyList<Signal> signals, IReadOnlyList<string> attributes)
    {
        Services = services;
        Signals = signals;
        this.attributes = attributes.Count == 0 ? null : Scanner.Compile([AsRule(attributes)]);
    }

    /// <summary>What is wrong with names of attributes; null if nothing is.</summary>
    public static string? Validate(IReadOnlyList<string> attributes) => attributes.Count == 0 ? null : Scanner.Validate(AsRule(attributes))?.Message;

    /// <summary>Values of <c>service.name</c>; empty: all.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>Signals; empty: all.</summary>
    public IReadOnlyList<Signal> Signals { get; }

    /// <summary>Whether it depends on the attribute.</summary>
    public bool NamesAttributes => attributes is not null;

    /// <summary>Whether a rule takes part in the telemetry of a service.</summary>
    /// <param name="service">Its name, or null if that is unknown.</param>
    /// <param name="signal">The signal, or null outside OTLP.</param>
    public bool Includes(string? service, Signal? signal) =>
        (service is null || Services.Count == 0 || Services.Contains(service))
        && (signal is null || Signals.Count == 0 || Signals.Contains(signal.Value));

    /// <summary>Whether a rule takes part in the attribute of this name.</summary>
    public bool IncludesAttribute(ReadOnlySpan<byte> name) => attributes is null || attributes.MatchName(name) >= 0;

    private static ScanRule AsRule(IReadOnlyList<string> attributes) => new() { Id = "scope", Keys = attributes };
}
