using System.Buffers;
using System.Buffers.Text;

namespace Redactor.Redact.Views;

/// <summary>
/// A run of base64 (either alphabet, padded or not, in one line or in lines) or hex that is text when it is decoded. Ids, hashes, keys and pictures are none: what
/// decides is whether the first decoded bytes are readable.
/// </summary>
internal readonly partial struct EncodedRun
{
    private enum Form
    {
        Hex,
        Base64,
        Base64Url,
    }

    private readonly Form form;
    private readonly bool padded;
    private readonly bool upperCase;
    private readonly int lineLength;
    private readonly bool carriageReturns;

    private EncodedRun(Form form, int start, int end, bool padded, bool upperCase, int lineLength, bool carriageReturns = false)
    {
        this.form = form;
        this.padded = padded;
        this.upperCase = upperCase;
        this.lineLength = lineLength;
        this.carriageReturns = carriageReturns;
        Start = start;
        End = end;
    }

    /// <summary>Where the encoded text starts: behind characters that stand before it without a boundary.</summary>
    public int Start { get; }

    /// <summary>Just behind it, with its padding.</summary>
    public int End { get; }

    /// <summary>What its decoded text is, for people.</summary>
    public string Encoding => form == Form.Hex ? "hex decoded" : "base64 decoded";

    /// <summary>Writes the decoded text.</summary>
    public void Decode(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> plain)
    {
        plain.ResetWrittenCount();
        ReadOnlySpan<byte> run = text[Start..End];
        Span<byte> output = plain.GetSpan(run.Length + 4);
        if (form == Form.Hex)
        {
            Convert.FromHexString(run, output, out _, out int bytes);
            plain.Advance(bytes);
            return;
        }

        int length = 0;
        foreach (byte b in run)
        {
            if (b is not ((byte)'\r' or (byte)'\n' or (byte)'='))
            {
                output[length++] = b switch { (byte)'-' => (byte)'+', (byte)'_' => (byte)'/', _ => b };
            }
        }

        // One character alone encodes no byte.
        length -= length % 4 == 1 ? 1 : 0;
        for (; length % 4 != 0; length++)
        {
            output[length] = (byte)'=';
        }

        ClearUnusedBits(output[..length]);
        Base64.DecodeFromUtf8InPlace(output[..length], out int decoded);
        plain.Advance(decoded);
    }

    /// <summary>Writes a text in the form of this run.</summary>
    public void Encode(ReadOnlySpan<byte> plain, ArrayBufferWriter<byte> output)
    {
        if (form == Form.Hex)
        {
            Span<byte> digits = output.GetSpan(plain.Length * 2);
            _ = upperCase ? Convert.TryToHexString(plain, digits, out int written) : Convert.TryToHexStringLower(plain, digits, out written);
            output.Advance(written);
            return;
        }

        byte[] encoded = new byte[Base64.GetMaxEncodedToUtf8Length(plain.Length)];
        Base64.EncodeToUtf8(plain, encoded, out _, out int length);
        Span<byte> text = encoded.AsSpan(0, length);
        if (form == Form.Base64Url)
        {
            text.Replace((byte)'+', (byte)'-');
            text.Replace((byte)'/', (byte)'_');
        }

        text = padded ? text : text.TrimEnd((byte)'=');
        for (; lineLength > 0 && text.Length > lineLength; text = text[lineLength..])
        {
            output.Write(text[..lineLength]);
            output.Write(carriageReturns ? "\r\n"u8 : "\n"u8);
        }

        output.Write(text);
    }

    /// <summary>Bits of the last character that encode nothing must be none for the decoder; some encoders leave them.</summary>
    private static void ClearUnusedBits(Span<byte> padded)
    {
        int padding = padded.Length - padded.TrimEnd((byte)'=').Length;
        if (padding > 0)
        {
            ref byte last = ref padded[padded.Length - padding - 1];
            int value = Alphabet.IndexOf(last) & (padding == 1 ? ~3 : ~15);
            last = Alphabet[value];
        }
    }

    private static ReadOnlySpan<byte> Alphabet => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
}
