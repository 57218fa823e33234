using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using Redactor.Locate;
using Redactor.Scanning;

namespace Redactor.Redact;

/// <summary>Numbers: scanned as their digits; one that is masked becomes a string.</summary>
internal readonly ref partial struct FieldRedactor
{
    /// <summary>Room for any number in decimal: a double in full has at most 24 characters.</summary>
    private const int MaxNumberLength = 32;

    private Verdict RedactNumber(in LocatedField field)
    {
        Span<byte> digits = stackalloc byte[MaxNumberLength];
        scratch.Findings.Clear();
        var status = ScanStatus.Complete;
        if (TryFormatDigits(field, digits, out int length))
        {
            status = scanner.ScanNumber(digits[..length], scratch.Findings);
        }
        else
        {
            length = FormatShort(field, digits);
        }

        Verdict verdict = scratch.Judge.Judge(digits[..length], status, scratch.Findings, field.NameRule, field.Place);
        if (verdict != Verdict.Mask)
        {
            return verdict;
        }

        // A number is masked as a whole: the rest of its digits would mean nothing.
        int rule = scratch.Judge.Ranges[0].Rule;
        foreach (MaskedRange range in scratch.Judge.Ranges)
        {
            rule = Math.Min(rule, range.Rule);
        }

        Masker masker = Maskers[rule];
        Span<byte> mask = stackalloc byte[RedactLimits.MaxMaskLength];
        WriteAsText(field, mask[..masker.Mask(digits[..length], mask)]);
        return Verdict.Mask;
    }

    /// <summary>The digits that number rules read; false if the number is too short for them, or has a fraction.</summary>
    private bool TryFormatDigits(in LocatedField field, Span<byte> digits, out int length)
    {
        if (encoding == PayloadEncoding.Protobuf)
        {
            return field.Role == FieldRole.WholeNumber
                ? NumberText.TryFormat((long)field.Number, digits, out length)
                : NumberText.TryFormat(BitConverter.UInt64BitsToDouble(field.Number), digits, out length);
        }

        ReadOnlySpan<byte> magnitude = NumberToken(field).TrimStart((byte)'-');
        length = 0;
        if (Utf8Parser.TryParse(magnitude, out ulong whole, out int read) && read == magnitude.Length)
        {
            return NumberText.TryFormat(whole, digits, out length);
        }

        return Utf8Parser.TryParse(magnitude, out double value, out read) && read == magnitude.Length && NumberText.TryFormat(value, digits, out length);
    }

    /// <summary>A number as text for a mask to look at that no number rule reads.</summary>
    private int FormatShort(in LocatedField field, Span<byte> text)
    {
        int length;
        if (encoding == PayloadEncoding.Json)
        {
            ReadOnlySpan<byte> token = NumberToken(field);
            length = Math.Min(token.Length, text.Length);
            token[..length].CopyTo(text);
        }
        else if (field.Role == FieldRole.WholeNumber)
        {
            ((long)field.Number).TryFormat(text, out length, default, CultureInfo.InvariantCulture);
        }
        else
        {
            BitConverter.UInt64BitsToDouble(field.Number).TryFormat(text, out length, default, CultureInfo.InvariantCulture);
        }

        return length;
    }

    /// <summary>A JSON number without the quotes that OTLP allows around it.</summary>
    private ReadOnlySpan<byte> NumberToken(in LocatedField field) => payload[field.Start..field.End].Trim((byte)'"');

    /// <summary>Writes the field that takes a number's place: <c>string_value</c> of an AnyValue, or any JSON string.</summary>
    private void WriteAsText(in LocatedField field, ReadOnlySpan<byte> text)
    {
        ArrayBufferWriter<byte> output = scratch.Replacements;
        if (encoding == PayloadEncoding.Json)
        {
            output.Write(field.FieldStart < field.Start ? "\"stringValue\":\""u8 : "\""u8);
            output.Write(text);
            output.Write("\""u8);
            return;
        }

        const byte stringValueTag = (1 << 3) | (byte)WireType.Length;
        output.Write([stringValueTag, checked((byte)text.Length)]);
        output.Write(text);
    }
}
