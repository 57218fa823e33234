using System.Buffers;

namespace Redactor.Redact.Views;

/// <summary>Where in a run encoded text begins, which encoding it is, and how far it goes.</summary>
internal readonly partial struct EncodedRun
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>
    /// Finds the first text that the run from <paramref name="start"/> to <paramref name="end"/> encodes, if any, and where exactly it does: what stands beside encoded text may
    /// look encoded too, as in <c>0x676870</c>, <c>key_aGVsbG8</c> or a path.
    /// </summary>
    public static bool TryRecognize(ReadOnlySpan<byte> text, int start, int end, out EncodedRun run)
    {
        ReadOnlySpan<byte> members = text[start..end];

        // So many hex digits are no chance in base64, while hex may well read as base64.
        bool isHex = TryFindHex(members, out Range hex);
        int hexStart = isHex ? hex.Start.Value : members.Length;
        if (TryFindBase64(members[..hexStart], out int base64))
        {
            run = Extend(text, start + base64, start + hexStart);
            return true;
        }

        run = isHex ? new EncodedRun(Form.Hex, start + hexStart, start + hex.End.Value, false, members[hex].ContainsAnyInRange((byte)'A', (byte)'F'), 0) : default;
        return isHex;
    }

    private static bool TryFindBase64(ReadOnlySpan<byte> members, out int start)
    {
        for (start = 0; start < ViewLimits.MaxPrefix && members.Length - start >= ViewLimits.MinRun; start++)
        {
            if (Readable.IsBase64(members[start..], ViewLimits.Probe))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the first stretch of hex digits that encode text. One that is long enough covers a block of half its least length.</summary>
    private static bool TryFindHex(ReadOnlySpan<byte> members, out Range hex)
    {
        const int Block = ViewLimits.MinRun / 2;
        for (int at = 0; at + Block <= members.Length;)
        {
            if (members.Slice(at, Block).ContainsAnyExcept(HexDigits))
            {
                at += Block;
                continue;
            }

            int start = members[..at].LastIndexOfAnyExcept(HexDigits) + 1, length = members[at..].IndexOfAnyExcept(HexDigits);
            int end = length < 0 ? members.Length : at + length;
            for (int prefix = 0; prefix < ViewLimits.MaxPrefix && end - start - prefix >= ViewLimits.MinRun; prefix++)
            {
                if (Readable.IsHex(members[(start + prefix)..end], ViewLimits.Probe))
                {
                    hex = (start + prefix)..(end - ((end - start - prefix) & 1));
                    return true;
                }
            }

            at = end + 1;
        }

        hex = default;
        return false;
    }

    private static EncodedRun Extend(ReadOnlySpan<byte> text, int start, int end)
    {
        // One character alone encodes no byte, and is none of the text.
        end -= (end - start) % 4 == 1 ? 1 : 0;
        int first = end - start, lineLength = 0;

        // Lines of mail and of PEM: all of one length, a multiple of four, but the last.
        while (first % 4 == 0 && TryReadLine(text, end, out int lineStart, out int lineEnd) && lineEnd - lineStart <= first)
        {
            lineLength = first;
            end = lineEnd;
            if (lineEnd - lineStart < first)
            {
                break;
            }
        }

        ReadOnlySpan<byte> members = text[start..end];

        // Both alphabets are read, as some decoders do; which it is says the first sign of either, and not what may stand behind the text.
        bool url = members.IndexOfAny("-_+/"u8) is >= 0 and var sign && members[sign] is (byte)'-' or (byte)'_';
        int padding = 0;
        while (padding < 2 && end + padding < text.Length && text[end + padding] == '=')
        {
            padding++;
        }

        bool isWhole = lineLength > 0 || (members.Length + padding) % 4 == 0;
        return new EncodedRun(url ? Form.Base64Url : Form.Base64, start, end + padding, padding > 0 || (isWhole && !url), false, lineLength, members.Contains((byte)'\r'));
    }

    private static bool TryReadLine(ReadOnlySpan<byte> text, int end, out int lineStart, out int lineEnd)
    {
        lineStart = end < text.Length && text[end] == '\r' ? end + 1 : end;
        lineEnd = 0;
        if (lineStart >= text.Length || text[lineStart] != '\n')
        {
            return false;
        }

        lineStart++;
        int length = text[lineStart..].IndexOfAnyExcept(ViewTriggers.Members);
        lineEnd = length < 0 ? text.Length : lineStart + length;
        return lineEnd > lineStart;
    }
}
