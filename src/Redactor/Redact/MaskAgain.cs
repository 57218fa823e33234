using System.Runtime.InteropServices;
using Redactor.Locate;

namespace Redactor.Redact;

/// <summary>Scans what masking has left of a unit, and masks again, until nothing is found.</summary>
internal static class MaskAgain
{
    /// <summary>Works on the field at hand in <see cref="Scratch.Replacements"/>.</summary>
    /// <param name="scratch">Where the masked unit stands and the final one will.</param>
    /// <param name="maskers">The masks.</param>
    /// <param name="escaped">Whether the unit is the content of a JSON string, and may have escapes.</param>
    /// <param name="place">The place to count further findings under.</param>
    /// <returns>Mask, or what a further finding asks for beyond it.</returns>
    public static Verdict UntilClean(Scratch scratch, Maskers maskers, bool escaped, string place)
    {
        var content = scratch.Reader.Content;
        for (int pass = 1; pass < RedactLimits.MaxPasses; pass++)
        {
            ReadOnlySpan<byte> spelling = scratch.Replacements.WrittenSpan[scratch.ReplacementStart..];
            var unit = new SpelledUnit(spelling);
            if (escaped)
            {
                JsonText.Unescape(spelling, scratch.Plain, scratch.Escapes);
                unit = new SpelledUnit(scratch.Plain.WrittenSpan, spelling, CollectionsMarshal.AsSpan(scratch.Escapes));
            }

            scratch.Reader.Content = null;
            scratch.Counter.Begin();
            Verdict verdict = scratch.Reader.Read(unit.Plain, -1, place);
            if (content is not null && scratch.Counter.HasCounted)
            {
                // As at first, who says what is asked only where something was found.
                scratch.Counter.Undo();
                scratch.Reader.Content = content;
                scratch.Reader.ReadSegments(unit.Plain);
                verdict = scratch.Reader.Read(unit.Plain, -1, place);
            }

            if (verdict != Verdict.Mask)
            {
                return verdict == Verdict.Clean ? Verdict.Mask : verdict;
            }

            scratch.ReplacementStart = scratch.Replacements.WrittenCount;
            UnitWriter.Write(unit, scratch.Reader.Ranges, scratch.Reader.Texts, maskers, scratch.Replacements);
        }

        return Verdict.Mask;
    }
}
