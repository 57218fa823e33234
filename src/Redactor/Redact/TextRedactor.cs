using Redactor.Redact.Views;
using Redactor.Rules;

namespace Redactor.Redact;

/// <summary>Redacts plain text.</summary>
public static class TextRedactor
{
    private const string Place = "text";

    /// <summary>Tells of every view of one unit of text.</summary>
    internal static void Observe(ReadOnlySpan<byte> text, RuleSet rules, ViewObserver observer)
    {
        var scratch = Scratch.Rent(rules);
        scratch.Reader.Observer = observer;
        try
        {
            scratch.Reader.Read(text, -1, Place);
        }
        finally
        {
            scratch.Reader.Observer = null;
            scratch.Return();
        }
    }

    /// <summary>Finds and masks in one unit of text. A text without findings comes back as the very same bytes, one that a mask drops as none. Thread-safe.</summary>
    public static RedactedText Redact(ReadOnlyMemory<byte> text, RuleSet rules)
    {
        var scratch = Scratch.Rent(rules);
        try
        {
            Verdict verdict = scratch.Reader.Read(text.Span, -1, Place);
            if (verdict == Verdict.Mask)
            {
                UnitWriter.Write(new SpelledUnit(text.Span), scratch.Reader.Ranges, scratch.Reader.Texts, scratch.Maskers, scratch.Replacements);
                verdict = MaskAgain.UntilClean(scratch, scratch.Maskers, false, Place);
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
