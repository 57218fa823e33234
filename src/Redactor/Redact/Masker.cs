using System.Text;
using Redactor.Scanning.Judging;

namespace Redactor.Redact;

/// <summary>What takes the place of a finding, in the shape of Microsoft.Extensions.Compliance.Redaction, over UTF-8. Immutable.</summary>
internal abstract class Masker
{
    /// <summary>The exact number of bytes that <see cref="Mask"/> writes for <paramref name="source"/>.</summary>
    public abstract int GetMaskedLength(ReadOnlySpan<byte> source);

    /// <summary>Writes what stands for <paramref name="source"/> and returns its length. All of it is ASCII that needs no escaping in JSON.</summary>
    public abstract int Mask(ReadOnlySpan<byte> source, Span<byte> destination);
}

/// <summary><c>[REDACTED:rule-id]</c>.</summary>
internal sealed class LabelMasker(string ruleId) : Masker
{
    private readonly byte[] label = Encoding.UTF8.GetBytes($"[REDACTED:{ruleId}]");

    public override int GetMaskedLength(ReadOnlySpan<byte> source) => label.Length;

    public override int Mask(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        label.CopyTo(destination);
        return label.Length;
    }
}

/// <summary>One <c>*</c> for each character, at most 16, so that a long secret's length stays unknown.</summary>
internal sealed class FullMasker : Masker
{
    private const int MaxLength = 16;

    public override int GetMaskedLength(ReadOnlySpan<byte> source)
    {
        int characters = 0;
        for (int i = 0; i < source.Length && characters < MaxLength; i++)
        {
            // A continuation byte belongs to the character before it; one at the very start stands for itself.
            characters += (source[i] & 0xC0) != 0x80 || i == 0 ? 1 : 0;
        }

        return characters;
    }

    public override int Mask(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int length = GetMaskedLength(source);
        destination[..length].Fill((byte)'*');
        return length;
    }
}

/// <summary>
/// <c>[REDACTED:rule-id:...1234]</c> with the last four characters, never more than a quarter of the text. Whatever is no ASCII letter or
/// digit among them is shown as <c>*</c>.
/// </summary>
internal sealed class Last4Masker(string ruleId) : Masker
{
    private readonly byte[] opening = Encoding.UTF8.GetBytes($"[REDACTED:{ruleId}");

    private static ReadOnlySpan<byte> Dots => ":..."u8;

    public override int GetMaskedLength(ReadOnlySpan<byte> source)
    {
        int shown = Shown(source);
        return opening.Length + (shown > 0 ? Dots.Length + shown : 0) + 1;
    }

    public override int Mask(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        opening.CopyTo(destination);
        int written = opening.Length;
        int shown = Shown(source);
        if (shown > 0)
        {
            Dots.CopyTo(destination[written..]);
            written += Dots.Length;
            foreach (byte b in source[^shown..])
            {
                destination[written++] = MaskText.IsTailByte(b) ? b : (byte)'*';
            }
        }

        destination[written++] = (byte)']';
        return written;
    }

    private static int Shown(ReadOnlySpan<byte> source) => Math.Min(4, source.Length / 4);
}
