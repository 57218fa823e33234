using System.Buffers;
using System.Globalization;
using System.Text;
using Redactor.Locate;
using Redactor.Scanning.Judging;

namespace Redactor.Redact;

/// <summary>A unit in plain and as the payload spells it: escaped, or the same.</summary>
internal readonly ref struct SpelledUnit
{
    private readonly SpellingMap map;

    /// <summary>A unit that is spelled as it is.</summary>
    /// <param name="plain">The text.</param>
    /// <param name="inJson">Whether it is the content of a JSON string, though one without escapes: what comes into it may need some.</param>
    public SpelledUnit(ReadOnlySpan<byte> plain, bool inJson = false)
    {
        Plain = Spelling = plain;
        map = default;
        IsInJson = inJson;
    }

    /// <summary>A unit that is spelled with escapes.</summary>
    /// <param name="plain">The text.</param>
    /// <param name="spelling">The text with its escapes.</param>
    /// <param name="escapes">The escapes.</param>
    public SpelledUnit(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> spelling, ReadOnlySpan<Escape> escapes)
    {
        Plain = plain;
        Spelling = spelling;
        IsInJson = true;
        map = new SpellingMap(escapes);
    }

    public ReadOnlySpan<byte> Plain { get; }

    public ReadOnlySpan<byte> Spelling { get; }

    /// <summary>Whether it is spelled as a JSON string's content.</summary>
    public bool IsInJson { get; }

    /// <summary>Where the character that the byte at <paramref name="position"/> belongs to starts in the spelling.</summary>
    public int StartOf(int position) => map.StartOf(position);

    /// <summary>Where the character of the last byte before <paramref name="position"/> ends in the spelling.</summary>
    public int EndOf(int position) => map.EndOf(position);
}

/// <summary>Writes a unit with its masked stretches replaced; everything outside them keeps its spelling.</summary>
internal static class UnitWriter
{
    /// <summary>Writes <paramref name="unit"/> with the mask of its rule, or the text that takes its place, for each stretch.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="ranges">What to mask.</param>
    /// <param name="texts">What the ranges' texts point at.</param>
    /// <param name="maskers">The rules' masks.</param>
    /// <param name="output">Receives the unit.</param>
    public static void Write(in SpelledUnit unit, ReadOnlySpan<MaskedRange> ranges, ReadOnlySpan<byte> texts, Maskers maskers, ArrayBufferWriter<byte> output)
    {
        int position = 0;
        foreach (MaskedRange range in ranges)
        {
            WriteKept(unit, range, ref position, output);
            if (range.HasText)
            {
                WriteText(unit, texts.Slice(range.Text, range.TextLength), output);
                continue;
            }

            ReadOnlySpan<byte> source = unit.Plain[range.Start..range.End];
            Masker masker = maskers.Of(range);
            Span<byte> destination = output.GetSpan(masker.GetMaskedLength(source));
            output.Advance(masker.Mask(source, destination));
        }

        output.Write(unit.Spelling[position..]);
    }

    /// <summary>Writes a key with labels, whatever masks the rules ask for, and numbers the first one so that the keys of one list stay distinct.</summary>
    /// <param name="unit">The key.</param>
    /// <param name="ranges">What to mask.</param>
    /// <param name="ordinal">Which masked key of its list it is; 1 is not written.</param>
    /// <param name="maskers">The rules' ids.</param>
    /// <param name="output">Receives the key.</param>
    public static void WriteName(in SpelledUnit unit, ReadOnlySpan<MaskedRange> ranges, int ordinal, Maskers maskers, ArrayBufferWriter<byte> output)
    {
        int position = 0;
        foreach (MaskedRange range in ranges)
        {
            WriteKept(unit, range, ref position, output);
            output.Write("[REDACTED:"u8);
            Encoding.UTF8.GetBytes(maskers.IdOf(range.Rule), output);
            if (ordinal > 1)
            {
                output.Write(":"u8);
                ordinal.TryFormat(output.GetSpan(MaskText.MaxOrdinalLength), out int written, default, CultureInfo.InvariantCulture);
                output.Advance(written);
                ordinal = 1;
            }

            output.Write("]"u8);
        }

        output.Write(unit.Spelling[position..]);
    }

    private static void WriteText(in SpelledUnit unit, ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        if (unit.IsInJson)
        {
            JsonText.Escape(text, output);
        }
        else
        {
            output.Write(text);
        }
    }

    private static void WriteKept(in SpelledUnit unit, MaskedRange range, ref int position, ArrayBufferWriter<byte> output)
    {
        int start = unit.StartOf(range.Start);
        if (start > position)
        {
            output.Write(unit.Spelling[position..start]);
        }

        position = unit.EndOf(range.End);
    }
}
