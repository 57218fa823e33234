using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Redactor.Locate;

namespace Redactor.Redact.Views;

/// <summary>Text with characters spelled as HTML does: by number, or by one of the names that encoders write for what HTML itself needs.</summary>
internal static class HtmlEntities
{
    /// <summary>Greatest length of one entity: <c>&amp;#x0010FFFF;</c> and some zeros more.</summary>
    private const int MaxLength = 16;

    /// <summary>Writes a text without its entities.</summary>
    /// <param name="spelled">The text.</param>
    /// <param name="plain">Receives the decoded text.</param>
    /// <param name="escapes">Receives the entities.</param>
    public static void Decode(ReadOnlySpan<byte> spelled, ArrayBufferWriter<byte> plain, List<Escape> escapes)
    {
        plain.ResetWrittenCount();
        escapes.Clear();
        Span<byte> text = plain.GetSpan(spelled.Length);
        int read = 0, written = 0;
        while (read < spelled.Length)
        {
            if (spelled[read] == '&' && TryRead(spelled[read..], out Rune character, out int length))
            {
                int plainLength = character.EncodeToUtf8(text[written..]);
                escapes.Append(new Escape(written, plainLength, read, length));
                written += plainLength;
                read += length;
                continue;
            }

            text[written++] = spelled[read++];
        }

        plain.Advance(written);
    }

    /// <summary>
    /// Writes what takes the place of a part of a text. Of what HTML needs spelled it holds quotes, and the signs of entities inside entities; the others are what JSON
    /// around the text would read as something else.
    /// </summary>
    public static void Encode(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        for (int next; (next = text.IndexOfAny("&\"\\\r\n"u8)) >= 0; text = text[(next + 1)..])
        {
            output.Write(text[..next]);
            output.Write(text[next] switch { (byte)'&' => "&amp;"u8, (byte)'"' => "&quot;"u8, (byte)'\\' => "&#92;"u8, (byte)'\r' => "&#13;"u8, _ => "&#10;"u8 });
        }

        output.Write(text);
    }

    /// <summary>Reads the entity at the start of a text.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out Rune character, out int length)
    {
        character = default;
        length = text[..Math.Min(text.Length, MaxLength)].IndexOf((byte)';') + 1;
        if (length < 4)
        {
            return false;
        }

        ReadOnlySpan<byte> name = text[1..(length - 1)];
        int value = name switch
        {
            [(byte)'#', (byte)'x' or (byte)'X', .. var hex] => Utf8Parser.TryParse(hex, out int number, out int read, 'x') && read == hex.Length ? number : 0,
            [(byte)'#', .. var digits] => Utf8Parser.TryParse(digits, out int number, out int read) && read == digits.Length ? number : 0,
            _ when name.SequenceEqual("quot"u8) => '"',
            _ when name.SequenceEqual("amp"u8) => '&',
            _ when name.SequenceEqual("lt"u8) => '<',
            _ when name.SequenceEqual("gt"u8) => '>',
            _ when name.SequenceEqual("apos"u8) => '\'',
            _ when name.SequenceEqual("nbsp"u8) => ' ',
            _ => 0,
        };
        return value > 0 && Rune.TryCreate(value, out character);
    }
}
