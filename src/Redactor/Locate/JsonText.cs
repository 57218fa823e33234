using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Redactor.Locate;

/// <summary>The content of JSON strings in plain.</summary>
internal static class JsonText
{
    /// <summary>Writes a JSON string's content without its escapes. Half a surrogate pair becomes the three bytes that UTF-8 would have for it.</summary>
    /// <param name="escaped">The content between the quotes; its escapes are known to be valid.</param>
    /// <param name="plain">Receives the text.</param>
    /// <param name="offsets">Receives, for each byte of the text and for its end, the offset in <paramref name="escaped"/> of the character it belongs to.</param>
    public static void Unescape(ReadOnlySpan<byte> escaped, ArrayBufferWriter<byte> plain, ArrayBufferWriter<int> offsets)
    {
        plain.ResetWrittenCount();
        offsets.ResetWrittenCount();
        Span<byte> text = plain.GetSpan(escaped.Length);
        Span<int> map = offsets.GetSpan(escaped.Length + 1);
        int read = 0, written = 0;
        while (read < escaped.Length)
        {
            int start = read;
            if (escaped[read] != '\\')
            {
                map[written] = read;
                text[written++] = escaped[read++];
                continue;
            }

            int length = ReadEscape(escaped[read..], text[written..], out int consumed);
            map.Slice(written, length).Fill(start);
            written += length;
            read += consumed;
        }

        map[written] = escaped.Length;
        plain.Advance(written);
        offsets.Advance(written + 1);
    }

    /// <summary>Decodes base64 of either alphabet, with or without padding, as protobuf's JSON allows. False if it is none.</summary>
    public static bool TryDecodeBase64(ReadOnlySpan<byte> content, ArrayBufferWriter<byte> plain)
    {
        plain.ResetWrittenCount();
        Span<byte> text = plain.GetSpan(content.Length + 4);
        int length = 0;
        foreach (byte b in content)
        {
            // An escaped slash is the only escape that base64 has a use for.
            if (b != '\\')
            {
                text[length++] = b switch { (byte)'-' => (byte)'+', (byte)'_' => (byte)'/', _ => b };
            }
        }

        for (; length % 4 != 0; length++)
        {
            text[length] = (byte)'=';
        }

        if (Base64.DecodeFromUtf8InPlace(text[..length], out int decoded) != OperationStatus.Done)
        {
            return false;
        }

        plain.Advance(decoded);
        return true;
    }

    /// <summary>Writes base64 with padding.</summary>
    public static void EncodeBase64(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> output)
    {
        Base64.EncodeToUtf8(bytes, output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out int written);
        output.Advance(written);
    }

    private static int ReadEscape(ReadOnlySpan<byte> escape, Span<byte> text, out int consumed)
    {
        consumed = 2;
        if (escape[1] != 'u')
        {
            text[0] = escape[1] switch
            {
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                byte itself => itself,
            };
            return 1;
        }

        consumed = 6;
        char unit = ReadHex(escape);
        if (char.IsHighSurrogate(unit) && escape.Length >= 12 && escape[6] == '\\' && escape[7] == 'u' && ReadHex(escape[6..]) is var low && char.IsLowSurrogate(low))
        {
            consumed = 12;
            return new Rune(unit, low).EncodeToUtf8(text);
        }

        if (Rune.TryCreate(unit, out Rune rune))
        {
            return rune.EncodeToUtf8(text);
        }

        text[0] = (byte)(0xE0 | (unit >> 12));
        text[1] = (byte)(0x80 | ((unit >> 6) & 0x3F));
        text[2] = (byte)(0x80 | (unit & 0x3F));
        return 3;
    }

    /// <summary>The number behind <c>\u</c>.</summary>
    private static char ReadHex(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
