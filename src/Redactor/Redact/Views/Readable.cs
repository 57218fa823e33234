using System.Buffers;

namespace Redactor.Redact.Views;

/// <summary>
/// Whether a run of base64 or hex is text: its bytes are decoded one by one as UTF-8 until one can't be text. Of random bytes the second or third ends it, so that
/// ids and hashes, which most runs are, cost a few nanoseconds.
/// </summary>
internal static class Readable
{
    private const byte None = 0xFF;

    // Characters of a window that decide whether a run gets a second look, and the bytes that they encode. The least stretch of hex holds one that is whole.
    private const int Window = ViewLimits.MinRun / 2;
    private const int Base64Bytes = Window / 4 * 3;
    private const int HexBytes = Window / 2;

    // RFC 9562: 8-4-4-4-12 hex digits.
    private const int UuidLength = 36;

    private static readonly SearchValues<byte> UuidCharacters = SearchValues.Create("0123456789abcdefABCDEF-"u8);
    private static readonly byte[] Values = Base64Values();
    private static readonly byte[] Digits = HexValues();
    private static readonly byte[] Classes = TextClasses();

    /// <summary>
    /// Whether any part of a run may be text. Characters that belong to something else may stand before the encoded text, so windows are looked at all along, at every
    /// alignment; but UUIDs, which most runs are, are no more than that.
    /// </summary>
    public static bool MayHold(ReadOnlySpan<byte> run)
    {
        if (IsUuid(run))
        {
            return false;
        }

        for (int at = 0; at <= run.Length - Window; at += Window)
        {
            for (int alignment = 0; alignment < 4 && at + alignment <= run.Length - Window; alignment++)
            {
                ReadOnlySpan<byte> window = run[(at + alignment)..];
                if (IsBase64(window, Base64Bytes) || (alignment < 2 && IsHex(window, HexBytes)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the first <paramref name="bytes"/> bytes that a run of base64 encodes, or all if it has less, are text.</summary>
    public static bool IsBase64(ReadOnlySpan<byte> run, int bytes)
    {
        var text = new TextCheck();
        int groups = Math.Min(run.Length / 4, bytes / 3);
        for (int i = 0; i < groups; i++)
        {
            ReadOnlySpan<byte> group = run.Slice(i * 4, 4);
            int value = (Values[group[0]] << 18) | (Values[group[1]] << 12) | (Values[group[2]] << 6) | Values[group[3]];

            // Which of the three it is that can't be text no processor can foretell, so that it is asked once.
            text.Take((byte)(value >> 16));
            text.Take((byte)(value >> 8));
            if (!text.Take((byte)value))
            {
                return false;
            }
        }

        return groups > 0;
    }

    /// <summary>Whether the first <paramref name="bytes"/> bytes that a run of hex digits encodes are text; not if it has other characters.</summary>
    public static bool IsHex(ReadOnlySpan<byte> run, int bytes)
    {
        var text = new TextCheck();
        for (int i = 0; i < Math.Min(run.Length / 2, bytes); i++)
        {
            byte high = Digits[run[2 * i]], low = Digits[run[(2 * i) + 1]];
            if (high == None || low == None || !text.Take((byte)((high << 4) | low)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a run is a UUID, with at most two characters around it: of a field's tag and length, which may look like letters.</summary>
    private static bool IsUuid(ReadOnlySpan<byte> run)
    {
        if (run.Length is < UuidLength or > UuidLength + 2)
        {
            return false;
        }

        int start = run.IndexOf((byte)'-') - 8;
        return start >= 0 && start + UuidLength <= run.Length && run[start + 13] == '-' && run[start + 18] == '-' && run[start + 23] == '-'
            && !run.Slice(start, UuidLength).ContainsAnyExcept(UuidCharacters);
    }

    private static byte[] Base64Values()
    {
        byte[] values = new byte[256];
        ReadOnlySpan<byte> alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        for (int i = 0; i < alphabet.Length; i++)
        {
            values[alphabet[i]] = (byte)i;
        }

        values['-'] = values['+'];
        values['_'] = values['/'];
        return values;
    }

    private static byte[] HexValues()
    {
        byte[] values = new byte[256];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = char.IsAsciiHexDigit((char)i) ? Convert.FromHexString($"0{(char)i}")[0] : None;
        }

        return values;
    }

    private static byte[] TextClasses()
    {
        byte[] classes = new byte[256];
        for (int value = 0; value < classes.Length; value++)
        {
            classes[value] = value switch
            {
                '\t' or '\n' or '\r' or (>= 0x20 and < 0x7F) => 1,
                >= 0x80 and < 0xC0 => 2,
                >= 0xC2 and < 0xE0 => 3,
                >= 0xE0 and < 0xF0 => 4,
                >= 0xF0 and < 0xF5 => 5,
                _ => 0,
            };
        }

        return classes;
    }

    /// <summary>UTF-8 without control characters but those that text has. It may begin, and end, within a character.</summary>
    private struct TextCheck
    {
        private const int Bad = 0, Start = 1, Text = 2, Missing1 = 3, Missing2 = 4, Missing3 = 5;

        private int state = Start;

        public TextCheck()
        {
        }

        /// <summary>The next state by state and class of the byte, eight to a row: no text, ASCII, a byte that goes on, the first of two, three, four.</summary>
        private static ReadOnlySpan<byte> Next =>
        [
            Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad,
            Bad, Text, Start, Missing1, Missing2, Missing3, Bad, Bad,
            Bad, Text, Bad, Missing1, Missing2, Missing3, Bad, Bad,
            Bad, Bad, Text, Bad, Bad, Bad, Bad, Bad,
            Bad, Bad, Missing1, Bad, Bad, Bad, Bad, Bad,
            Bad, Bad, Missing2, Bad, Bad, Bad, Bad, Bad,
        ];

        /// <summary>Whether what was taken may be text so far; once it can't, it stays so.</summary>
        public bool Take(byte value)
        {
            state = Next[(state << 3) + Classes[value]];
            return state != Bad;
        }
    }
}
