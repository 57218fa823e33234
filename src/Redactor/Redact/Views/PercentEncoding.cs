using System.Buffers;
using System.Buffers.Text;
using Redactor.Locate;

namespace Redactor.Redact.Views;

/// <summary>URL-encoded text: the stretch around a <c>%XX</c> up to what no URL and no form holds.</summary>
internal static class PercentEncoding
{
    /// <summary>Bytes of <c>\u0041</c>.</summary>
    private const int LongestEscape = 6;

    private static readonly SearchValues<byte> Ends = SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(b => (byte)b), 0x7F, .. "\"<>`"u8]);
    private static readonly SearchValues<byte> Base64AndSign = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_%"u8);

    /// <summary>
    /// Where the stretch around a <c>%XX</c> starts and ends. However long it is: of one cut in two, neither half decodes to what the whole means. So base64 in lines is one.
    /// </summary>
    public static (int Start, int End) Around(ReadOnlySpan<byte> text, int position)
    {
        int start = text[..position].LastIndexOfAny(Ends) + 1, end = EndFrom(text, position);
        for (int line = start; end < text.Length && IsBase64Line(text[line..end]) && LineEndAt(text, end) is > 0 and int length; end = EndFrom(text, line))
        {
            line = end + length;
        }

        while (start > 0 && text[start - 1] is (byte)'\r' or (byte)'\n')
        {
            int lineEnd = text[..start].EndsWith("\r\n"u8) ? start - 2 : start - 1, line = text[..lineEnd].LastIndexOfAny(Ends) + 1;
            if (!IsBase64Line(text[line..lineEnd]))
            {
                break;
            }

            start = line;
        }

        return (start, end);
    }

    /// <summary>
    /// Whether a <c>%XX</c> may spell a part of an escape: the backslash before another, or what is missing behind one (<c>\u00%341</c>). Of <c>\\%41</c> the escape is whole.
    /// </summary>
    public static bool IsInEscape(ReadOnlySpan<byte> text, int position)
    {
        if (text.Length > position + 3 && text[position + 3] == '\\' && text[position + 1] == '5' && (text[position + 2] | 0x20) == 'c')
        {
            return true;
        }

        ReadOnlySpan<byte> before = text[..position];
        int start = before[Math.Max(0, position - LongestEscape + 1)..].LastIndexOf((byte)'\\');
        if (start < 0)
        {
            return false;
        }

        start += Math.Max(0, position - LongestEscape + 1);
        int backslashes = start - before[..start].LastIndexOfAnyExcept((byte)'\\');
        ReadOnlySpan<byte> escaped = before[(start + 1)..];
        return int.IsOddInteger(backslashes) && (escaped.IsEmpty || (escaped[0] | 0x20) == 'u' || (escaped[0] == 'x' && escaped.Length < LongestEscape / 2));
    }

    /// <summary>
    /// Writes a stretch decoded, with spaces for <c>+</c>, as forms are. A <c>+</c> far from every <c>%XX</c> belongs to base64, such as that of a picture behind a file's
    /// name: with spaces in it, nothing would show that it is one long run.
    /// </summary>
    /// <param name="spelled">The stretch.</param>
    /// <param name="plain">Receives the decoded text.</param>
    /// <param name="escapes">Receives the encoded characters.</param>
    public static void Decode(ReadOnlySpan<byte> spelled, ArrayBufferWriter<byte> plain, List<Escape> escapes)
    {
        plain.ResetWrittenCount();
        escapes.Clear();
        Span<byte> text = plain.GetSpan(spelled.Length);
        int read = 0, written = 0, last = -ViewLimits.MaxForm - 1, next = SignFrom(spelled, 0);
        while (read < spelled.Length)
        {
            byte value = spelled[read];
            if (read == next)
            {
                (last, next) = (read, SignFrom(spelled, read + 1));
            }

            if (value == '%' && spelled.Length - read >= 3 && Utf8Parser.TryParse(spelled.Slice(read + 1, 2), out byte decoded, out int digits, 'x') && digits == 2)
            {
                escapes.Append(new Escape(written, 1, read, 3));
                text[written++] = decoded;
                read += 3;
                continue;
            }

            bool isForm = read - last <= ViewLimits.MaxForm || next - read <= ViewLimits.MaxForm;
            text[written++] = value == '+' && isForm ? (byte)' ' : value;
            read++;
        }

        plain.Advance(written);
    }

    /// <summary>Writes what takes the place of a part of a stretch, with what has a meaning in URLs encoded. Labels have nothing that must be.</summary>
    public static void Encode(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        foreach (byte value in text)
        {
            if (value is (byte)'+' or (byte)'/' or (byte)'=' or (byte)'"' or (byte)'%' or (byte)'&' or (byte)'\\' or (byte)'\r' or (byte)'\n')
            {
                Span<byte> encoded = output.GetSpan(3);
                encoded[0] = (byte)'%';
                Convert.TryToHexString([value], encoded[1..], out _);
                output.Advance(3);
            }
            else
            {
                output.Write([value]);
            }
        }
    }

    private static int EndFrom(ReadOnlySpan<byte> text, int position)
    {
        int length = text[position..].IndexOfAny(Ends);
        return length < 0 ? text.Length : position + length;
    }

    private static int LineEndAt(ReadOnlySpan<byte> text, int position) => text[position..].StartsWith("\r\n"u8) ? 2 : text[position] is (byte)'\r' or (byte)'\n' ? 1 : 0;

    /// <summary>Whether a line is a whole one of base64, some characters of which are encoded: of 64 (PEM) or 76 (MIME).</summary>
    private static bool IsBase64Line(ReadOnlySpan<byte> line)
    {
        // Line ends may be encoded too, in part or all.
        int end = Math.Max(line.LastIndexOf("%0A"u8), line.LastIndexOf("%0a"u8));
        line = end < 0 ? line : line[(end + 3)..];
        line = line.EndsWith("%0D"u8) || line.EndsWith("%0d"u8) ? line[..^3] : line;
        return line.Length - (2 * line.Count((byte)'%')) is 64 or 76 && !line.ContainsAnyExcept(Base64AndSign);
    }

    private static int SignFrom(ReadOnlySpan<byte> text, int start)
    {
        int distance = text[start..].IndexOf((byte)'%');
        return distance < 0 ? int.MaxValue : start + distance;
    }
}
