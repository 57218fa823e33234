using System.Runtime.InteropServices;
using System.Text.Unicode;
using Redactor.Locate;
using Redactor.Scanning;

namespace Redactor.Redact;

/// <summary>Bytes: masked like text if they are text, else at equal length, so that offsets in them stay true.</summary>
internal readonly ref partial struct FieldRedactor
{
    private Verdict RedactBytes(int index)
    {
        ref readonly LocatedField field = ref fields[index];
        if (encoding == PayloadEncoding.Json)
        {
            return RedactBase64(index);
        }

        ReadOnlySpan<byte> unit = payload[field.Start..field.End];
        return RedactBytes(unit, field, Utf8.IsValid(unit)
            ? scratch.Reader.Read(scratch.Payload, field.Start, field.End, field.NameRule, field.Place)
            : Judge(unit, scanner.Scan(unit, scratch.Findings), field));
    }

    private Verdict RedactBase64(int index)
    {
        ref readonly LocatedField field = ref fields[index];
        if (!JsonText.TryDecodeBase64(payload[field.Start..field.End], scratch.Plain))
        {
            // What is no base64 is no bytes either, but may be text.
            return RedactText(index);
        }

        ReadOnlySpan<byte> unit = scratch.Plain.WrittenSpan;
        Verdict verdict = RedactBytes(unit, field, Utf8.IsValid(unit)
            ? scratch.Reader.Read(unit, field.NameRule, field.Place)
            : Judge(unit, scanner.Scan(unit, scratch.Findings), field));
        if (verdict == Verdict.Mask)
        {
            ReadOnlySpan<byte> masked = scratch.Replacements.WrittenSpan[scratch.ReplacementStart..];
            scratch.ReplacementStart = scratch.Replacements.WrittenCount;
            JsonText.EncodeBase64(masked, scratch.Replacements);
        }

        return verdict;
    }

    private Verdict Judge(ReadOnlySpan<byte> unit, ScanStatus status, in LocatedField field) =>
        scratch.Judge.Judge(unit, status, scratch.Findings, field.NameRule, field.Place);

    /// <summary>Masks bytes that have been read as text, or judged if they are none.</summary>
    private Verdict RedactBytes(ReadOnlySpan<byte> unit, in LocatedField field, Verdict verdict)
    {
        if (verdict != Verdict.Mask)
        {
            return verdict;
        }

        if (Utf8.IsValid(unit))
        {
            UnitWriter.Write(new SpelledUnit(unit), scratch.Reader.Ranges, scratch.Reader.Texts, Maskers, scratch.Replacements);
            return MaskAgain.UntilClean(scratch, Maskers, false, field.Place);
        }

        if (field.NameRule >= 0 && !Maskers.IsShadow(field.NameRule))
        {
            UnitWriter.Write(new SpelledUnit(unit), scratch.Judge.Ranges, [], Maskers, scratch.Replacements);
            return MaskAgain.UntilClean(scratch, Maskers, false, field.Place);
        }

        WriteBlanked(unit, scratch.Judge.Ranges);
        return BlankAgain(field);
    }

    /// <summary>Scans what overwriting has left of bytes, and overwrites again, until nothing is found, as <see cref="MaskAgain"/> does with text; which they may have become.</summary>
    private Verdict BlankAgain(in LocatedField field)
    {
        for (int pass = 1; pass < RedactLimits.MaxPasses; pass++)
        {
            ReadOnlySpan<byte> unit = scratch.Replacements.WrittenSpan[scratch.ReplacementStart..];
            if (Utf8.IsValid(unit))
            {
                return MaskAgain.UntilClean(scratch, Maskers, false, field.Place);
            }

            Verdict verdict = scratch.Judge.Judge(unit, scanner.Scan(unit, scratch.Findings), scratch.Findings, -1, field.Place);
            if (verdict != Verdict.Mask)
            {
                return verdict == Verdict.Clean ? Verdict.Mask : verdict;
            }

            WriteBlanked(unit, scratch.Judge.Ranges);
        }

        return Verdict.Mask;
    }

    /// <summary>
    /// A field of a newer OTLP: scanned as text, and as a message whose fields are scanned in the same way; what either view finds is
    /// overwritten in place. A rule's mask that drops would need to know what the field is, so it overwrites too.
    /// </summary>
    private Verdict RedactUnknown(in LocatedField field)
    {
        ReadOnlySpan<byte> unit = payload[field.Start..field.End];
        int overBudget = scratch.Counter.UnitsOverBudget, passes = 0;
        for (int nameRule = field.NameRule; passes < RedactLimits.MaxPasses && FindUnknown(unit, nameRule, field.Place); nameRule = -1)
        {
            if (scratch.Counter.UnitsOverBudget > overBudget && scratch.Judge.OverBudget == Verdict.Refuse)
            {
                return Verdict.Refuse;
            }

            WriteBlanked(unit, CollectionsMarshal.AsSpan(scratch.Blanks));
            unit = scratch.Replacements.WrittenSpan[scratch.ReplacementStart..];
            passes++;
        }

        return passes == 0 ? Verdict.Clean : Verdict.Mask;
    }

    private bool FindUnknown(ReadOnlySpan<byte> unit, int nameRule, string place)
    {
        scratch.Blanks.Clear();
        FindUnknown(unit, 0, unit.Length, nameRule, place, 0);
        return scratch.Blanks.Count > 0;
    }

    /// <summary>Adds to <see cref="Scratch.Blanks"/> what either view of the bytes from <paramref name="start"/> to <paramref name="end"/> finds.</summary>
    private void FindUnknown(ReadOnlySpan<byte> bytes, int start, int end, int nameRule, string place, int depth)
    {
        ReadOnlySpan<byte> unit = bytes[start..end];
        ScanStatus status = scanner.Scan(unit, scratch.Findings);
        scratch.Judge.Judge(unit, status, scratch.Findings, nameRule, place);
        foreach (MaskedRange range in scratch.Judge.Ranges)
        {
            scratch.Blanks.Add(range with { Start = range.Start + start, End = range.End + start });
        }

        if (depth == RedactLimits.MaxUnknownNesting || !IsMessage(bytes, start, end))
        {
            return;
        }

        var reader = new ProtobufReader(bytes, start, end);
        while (!reader.AtEnd && reader.TryRead(out WireField inner))
        {
            if (inner.Type == WireType.Length)
            {
                FindUnknown(bytes, inner.Start, inner.End, -1, place, depth + 1);
            }
        }
    }

    private static bool IsMessage(ReadOnlySpan<byte> bytes, int start, int end)
    {
        var reader = new ProtobufReader(bytes, start, end);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead(out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes bytes with the ranges overwritten the new content of the field at hand.</summary>
    private void WriteBlanked(ReadOnlySpan<byte> unit, ReadOnlySpan<MaskedRange> ranges)
    {
        scratch.ReplacementStart = scratch.Replacements.WrittenCount;
        Span<byte> copy = scratch.Replacements.GetSpan(unit.Length)[..unit.Length];
        unit.CopyTo(copy);
        foreach (MaskedRange range in ranges)
        {
            copy[range.Start..range.End].Fill((byte)'*');
        }

        scratch.Replacements.Advance(unit.Length);
    }
}
