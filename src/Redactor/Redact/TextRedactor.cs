using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Redact;

/// <summary>Redacts plain text.</summary>
public static class TextRedactor
{
    private const string Place = "text";

    /// <summary>Finds and masks in one unit of text. A text without findings comes back as the very same bytes, one that a mask drops as none. Thread-safe.</summary>
    public static RedactedText Redact(ReadOnlyMemory<byte> text, RuleSet rules)
    {
        var maskers = Maskers.For(rules);
        var scratch = Scratch.Rent(maskers);
        try
        {
            ScanStatus status = rules.Scanner.Scan(text.Span, scratch.Findings);
            Verdict verdict = scratch.Judge.Judge(text.Span, status, scratch.Findings, -1, Place);
            if (verdict == Verdict.Mask)
            {
                UnitWriter.Write(new SpelledUnit(text.Span), scratch.Judge.Ranges, maskers, scratch.Replacements);
                verdict = MaskAgain.UntilClean(scratch, rules.Scanner, maskers, false, Place);
            }

            ReadOnlyMemory<byte> bytes = verdict switch
            {
                Verdict.Clean => text,
                Verdict.Mask => scratch.Replacements.WrittenSpan[scratch.ReplacementStart..].ToArray(),
                _ => default,
            };
            return new RedactedText(RedactionStatus.Ok, bytes, scratch.Counter.ToReport());
        }
        finally
        {
            scratch.Return();
        }
    }
}
