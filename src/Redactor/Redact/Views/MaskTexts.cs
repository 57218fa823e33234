using System.Buffers;
using Redactor.Locate;

namespace Redactor.Redact.Views;

/// <summary>How a view's text is encoded in the text around it.</summary>
internal enum ViewEncoding
{
    /// <summary>With backslashes: JSON strings.</summary>
    Escapes,

    /// <summary>With HTML entities.</summary>
    Entities,

    /// <summary>URL-encoded.</summary>
    Percent,

    /// <summary>As base64 or hex.</summary>
    Run,
}

/// <summary>The texts that take the place of ranges for which a label alone will not do. Of one unit at a time.</summary>
internal sealed class MaskTexts
{
    private readonly ArrayBufferWriter<byte> written = new();
    private readonly ArrayBufferWriter<byte> copy = new();

    /// <summary>What <see cref="MaskedRange.Text"/> points into.</summary>
    public ReadOnlySpan<byte> Written => written.WrittenSpan;

    public void Clear() => written.ResetWrittenCount();

    /// <summary>The range with its mask in quotes: a number that becomes a string.</summary>
    public MaskedRange Quote(MaskedRange range, ReadOnlySpan<byte> source, Maskers maskers)
    {
        int start = written.WrittenCount;
        Masker masker = maskers.Of(range);
        written.Write("\""u8);
        Span<byte> mask = written.GetSpan(masker.GetMaskedLength(source));
        written.Advance(masker.Mask(source, mask));
        written.Write("\""u8);
        return range with { Text = start, TextLength = written.WrittenCount - start };
    }

    /// <summary>The range with a masked text, encoded as <paramref name="run"/> was.</summary>
    public MaskedRange Encode(MaskedRange range, in EncodedRun run, ReadOnlySpan<byte> masked)
    {
        int start = written.WrittenCount;
        run.Encode(masked, written);
        return range with { Text = start, TextLength = written.WrittenCount - start };
    }

    /// <summary>The range with its text taken over from elsewhere.</summary>
    public MaskedRange Copy(MaskedRange range, ReadOnlySpan<byte> from)
    {
        int start = written.WrittenCount;
        written.Write(from.Slice(range.Text, range.TextLength));
        return range with { Text = start };
    }

    /// <summary>The range with its text spelled as the text around the view needs it.</summary>
    /// <param name="range">The range.</param>
    /// <param name="encoding">How the view is spelled.</param>
    /// <param name="source">
    /// What the text around has where the range is. Line ends of base64 that it has as they are stay so, others are spelled: whatever is around that text reads them so. The
    /// same with <c>&amp;</c> in escapes, which spell it where HTML is around.
    /// </param>
    public MaskedRange Spell(MaskedRange range, ViewEncoding encoding, ReadOnlySpan<byte> source)
    {
        if (!range.HasText)
        {
            return range;
        }

        copy.ResetWrittenCount();
        copy.Write(written.WrittenSpan.Slice(range.Text, range.TextLength));
        ReadOnlySpan<byte> text = copy.WrittenSpan;
        int start = written.WrittenCount;
        ReadOnlySpan<byte> signs = encoding == ViewEncoding.Escapes ? "\r\n&"u8 : "\r\n"u8;
        for (int next; (next = text.IndexOfAny(signs)) >= 0; text = text[(next + 1)..])
        {
            Spell(text[..next], encoding);
            ReadOnlySpan<byte> sign = text.Slice(next, 1);
            bool stays = source.Contains(sign[0]) || (sign[0] == '&' && !source.Contains((byte)'\\'));
            if (stays)
            {
                written.Write(sign);
            }
            else
            {
                Spell(sign, encoding);
            }
        }

        Spell(text, encoding);
        return range with { Text = start, TextLength = written.WrittenCount - start };
    }

    private void Spell(ReadOnlySpan<byte> text, ViewEncoding encoding)
    {
        switch (encoding)
        {
            case ViewEncoding.Escapes when text is [(byte)'&']:
                written.Write("\\u0026"u8);
                break;
            case ViewEncoding.Escapes:
                JsonText.Escape(text, written);
                break;
            case ViewEncoding.Percent:
                PercentEncoding.Encode(text, written);
                break;
            case ViewEncoding.Entities:
                HtmlEntities.Encode(text, written);
                break;
        }
    }
}
