using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Redactor.Locate;

/// <summary>The content of JSON strings in plain.</summary>
internal static class JsonText
{
    /// <summary>Writes a text without its escapes, and nothing else.</summary>
    /// <param name="escaped">The text: the content of a JSON string, or any.</param>
    /// <param name="plain">Receives the decoded text.</param>
    /// <param name="escapes">Receives the escapes.</param>
    public static void Unescape(ReadOnlySpan<byte> escaped, ArrayBufferWriter<byte> plain, List<Escape> escapes)
    {
        plain.ResetWrittenCount();
        escapes.Clear();
        var sink = new EscapeList(escapes);
        plain.Advance(Unescape(escaped, escaped.Length, plain.GetSpan(escaped.Length), 0, 0, ref sink));
    }

    /// <summary>
    /// Writes a text without its escapes: those of JSON, and <c>\'</c> and <c>\x41</c>, which other languages have. What is no escape stays as it is. Half a surrogate
    /// pair becomes the three bytes that UTF-8 would have for it.
    /// </summary>
    /// <param name="escaped">The text: the content of a JSON string, or any; and what stands behind it.</param>
    /// <param name="length">How long the text is.</param>
    /// <param name="plain">Receives the decoded text, which is never longer; what is behind that in it is lost.</param>
    /// <param name="plainStart">Where the decoded text starts in what the offsets of the escapes count in.</param>
    /// <param name="spelledStart">Where the text itself does.</param>
    /// <param name="sink">Is told of the escapes.</param>
    /// <returns>The length of the decoded text.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Unescape<TSink>(ReadOnlySpan<byte> escaped, int length, Span<byte> plain, int plainStart, int spelledStart, ref TSink sink)
        where TSink : struct, IEscapeSink
    {
        // Most texts are short and have no escape.
        int same = CopyToBackslash(escaped, length, plain);
        return same == length ? length : UnescapeFrom(same, escaped, length, plain, plainStart, spelledStart, ref sink);
    }

    /// <summary>Goes on where the first backslash is.</summary>
    private static int UnescapeFrom<TSink>(int backslash, ReadOnlySpan<byte> escaped, int length, Span<byte> plain, int plainStart, int spelledStart, ref TSink sink)
        where TSink : struct, IEscapeSink
    {
        int read = backslash, written = backslash;
        while (read < length)
        {
            int decoded = ReadEscape(escaped[read..length], plain[written..], out int consumed);
            if (decoded > 0)
            {
                sink.Add(new Escape(plainStart + written, decoded, spelledStart + read, consumed), plain[written]);
            }
            else
            {
                plain[written] = escaped[read];
                decoded = consumed = 1;
                sink.AddBackslash();
            }

            written += decoded;
            read += consumed;
            int same = CopyToBackslash(escaped[read..], length - read, plain[written..]);
            written += same;
            read += same;
        }

        return written;
    }

    /// <summary>
    /// Copies the first <paramref name="length"/> bytes of a text up to the first backslash, in one pass, and returns how many these were. What lies behind them in either buffer
    /// is read and overwritten as well, so that short texts need no more than a step.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CopyToBackslash(ReadOnlySpan<byte> text, int length, Span<byte> output)
    {
        if (Math.Min(text.Length, output.Length) - length < Vector256<byte>.Count)
        {
            return CopyAtEnd(text[..length], output);
        }

        ref byte from = ref MemoryMarshal.GetReference(text), to = ref MemoryMarshal.GetReference(output);
        for (int at = 0; at < length; at += Vector256<byte>.Count)
        {
            Vector256<byte> bytes = Vector256.LoadUnsafe(ref from, (uint)at);
            bytes.StoreUnsafe(ref to, (uint)at);
            uint backslashes = Vector256.Equals(bytes, Vector256.Create((byte)'\\')).ExtractMostSignificantBits();
            if (backslashes != 0)
            {
                return Math.Min(length, at + BitOperations.TrailingZeroCount(backslashes));
            }
        }

        return length;
    }

    /// <summary>As <see cref="CopyToBackslash"/>, where there is less than a step behind the text.</summary>
    private static int CopyAtEnd(ReadOnlySpan<byte> text, Span<byte> output)
    {
        int next = text.IndexOf((byte)'\\');
        text = next < 0 ? text : text[..next];
        text.CopyTo(output);
        return text.Length;
    }

    /// <summary>Writes a text as the content of a JSON string spells it; of control characters, what takes a secret's place holds line ends only.</summary>
    public static void Escape(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        for (int next; (next = text.IndexOfAny("\"\\\r\n"u8)) >= 0; text = text[(next + 1)..])
        {
            output.Write(text[..next]);
            output.Write([(byte)'\\', text[next] switch { (byte)'\r' => (byte)'r', (byte)'\n' => (byte)'n', byte itself => itself }]);
        }

        output.Write(text);
    }

    /// <summary>Decodes base64 of either alphabet, with or without padding, as protobuf's JSON allows. False if it is none, or mixes the alphabets: no parser takes that.</summary>
    public static bool TryDecodeBase64(ReadOnlySpan<byte> content, ArrayBufferWriter<byte> plain)
    {
        plain.ResetWrittenCount();
        if (content.ContainsAny((byte)'-', (byte)'_') && content.ContainsAny((byte)'+', (byte)'/'))
        {
            return false;
        }

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

    /// <summary>Reads one escape and returns the length of what it stands for; 0 if it is none.</summary>
    private static int ReadEscape(ReadOnlySpan<byte> escape, Span<byte> text, out int consumed)
    {
        consumed = 2;
        if (escape.Length < 2)
        {
            return 0;
        }

        switch (escape[1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'\'':
                text[0] = escape[1];
                return 1;
            case (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                text[0] = escape[1] switch { (byte)'b' => (byte)'\b', (byte)'f' => (byte)'\f', (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', _ => (byte)'\t' };
                return 1;
            case (byte)'x' when TryReadHex(escape, 2, out int value) && value < 0x80:
                consumed = 4;
                text[0] = (byte)value;
                return 1;
            case (byte)'u' when TryReadHex(escape, 4, out int unit):
                return ReadUnicode(escape, unit, text, out consumed);
            default:
                return 0;
        }
    }

    private static int ReadUnicode(ReadOnlySpan<byte> escape, int unit, Span<byte> text, out int consumed)
    {
        consumed = 6;
        if (char.IsHighSurrogate((char)unit) && escape.Length >= 12 && escape[6] == '\\' && escape[7] == 'u'
            && TryReadHex(escape[6..], 4, out int low) && char.IsLowSurrogate((char)low))
        {
            consumed = 12;
            return new Rune((char)unit, (char)low).EncodeToUtf8(text);
        }

        if (Rune.TryCreate((char)unit, out Rune rune))
        {
            return rune.EncodeToUtf8(text);
        }

        text[0] = (byte)(0xE0 | (unit >> 12));
        text[1] = (byte)(0x80 | ((unit >> 6) & 0x3F));
        text[2] = (byte)(0x80 | (unit & 0x3F));
        return 3;
    }

    /// <summary>The number behind <c>\u</c> or <c>\x</c>.</summary>
    private static bool TryReadHex(ReadOnlySpan<byte> escape, int digits, out int value)
    {
        value = 0;
        return escape.Length >= 2 + digits
            && Utf8Parser.TryParse(escape.Slice(2, digits), out value, out int read, 'x') && read == digits;
    }
}
