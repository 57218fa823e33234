using Redactor.Rules;

namespace Redactor.Redact;

/// <summary>Redacts OTLP requests: the one way from a <see cref="Payload"/> to a <see cref="RedactedPayload"/>.</summary>
public static class PayloadRedactor
{
    /// <summary>Finds and masks. A payload without findings goes on as the very same bytes. Thread-safe.</summary>
    public static RedactionResult Redact(Payload payload, RuleSet rules) => throw new NotImplementedException();
}
