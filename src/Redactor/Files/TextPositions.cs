using Microsoft.Win32.SafeHandles;

namespace Redactor.Files;

/// <summary>Turns offsets into lines and columns, in one pass over the file.</summary>
internal static class TextPositions
{
    /// <summary>Size of one read in bytes: 64 KiB.</summary>
    private const int ReadSize = 64 * 1024;

    /// <summary>The positions of <paramref name="offsets"/>; those behind the end of the file are where it ends.</summary>
    public static Dictionary<long, TextPosition> Of(SafeFileHandle file, IEnumerable<long> offsets)
    {
        var positions = new Dictionary<long, TextPosition>();
        byte[] buffer = new byte[ReadSize];
        int held = 0, at = 0, line = 1, column = 1;
        long origin = 0;
        foreach (long offset in offsets.Distinct().Order())
        {
            while (origin + at < offset)
            {
                if (at == held)
                {
                    origin += held;
                    (held, at) = (RandomAccess.Read(file, buffer, origin), 0);
                    if (held == 0)
                    {
                        break;
                    }
                }

                int until = (int)Math.Min(held, offset - origin);
                Count(buffer.AsSpan(at..until), ref line, ref column);
                at = until;
            }

            positions.Add(offset, new TextPosition(line, column));
        }

        return positions;
    }

    /// <summary>The position of <paramref name="offset"/> in a text at hand.</summary>
    public static TextPosition Of(ReadOnlySpan<byte> text, int offset)
    {
        int line = 1, column = 1;
        Count(text[..offset], ref line, ref column);
        return new TextPosition(line, column);
    }

    private static void Count(ReadOnlySpan<byte> text, ref int line, ref int column)
    {
        for (int end; (end = text.IndexOf((byte)'\n')) >= 0; text = text[(end + 1)..])
        {
            line++;
            column = 1;
        }

        foreach (byte b in text)
        {
            // All but the continuation bytes of UTF-8.
            column += (b & 0xc0) != 0x80 ? 1 : 0;
        }
    }
}
