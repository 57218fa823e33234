using Redactor.Rules;

namespace Redactor.Redact;

/// <summary>Redacts plain text.</summary>
public static class TextRedactor
{
    /// <summary>Finds and masks in one unit of text. A text without findings comes back as the very same bytes. Thread-safe.</summary>
    public static RedactedText Redact(ReadOnlyMemory<byte> text, RuleSet rules) => throw new NotImplementedException();
}
