using System.Text;

namespace Redactor.Scanning.Expressions;

/// <summary>
/// Spells a range of code points as alternatives of byte ranges. The range is cut where the UTF-8 length changes, at the surrogates, and
/// wherever a leading byte would not go with every value of the bytes behind it:
/// U+0430..U+044F becomes <c>D0 [B0-BF] | D1 [80-8F]</c>.
/// </summary>
internal static class Utf8Ranges
{
    private static readonly int[] LastOfLength = [0x7F, 0x7FF, 0xFFFF, CharClass.MaxRune];

    internal static IEnumerable<Node> Spell(int first, int last)
    {
        if (first < 0xD800 && last > 0xDFFF)
        {
            return Spell(first, 0xD7FF).Concat(Spell(0xE000, last));
        }

        if (first is >= 0xD800 and <= 0xDFFF || last is >= 0xD800 and <= 0xDFFF)
        {
            first = first is >= 0xD800 and <= 0xDFFF ? 0xE000 : first;
            last = last is >= 0xD800 and <= 0xDFFF ? 0xD7FF : last;
        }

        if (first > last)
        {
            return [];
        }

        foreach (int edge in LastOfLength)
        {
            if (first <= edge && last > edge)
            {
                return Spell(first, edge).Concat(Spell(edge + 1, last));
            }
        }

        if (last <= 0x7F)
        {
            return [new Node.Bytes(ByteSet.Range((byte)first, (byte)last))];
        }

        for (int bits = 6; bits <= 18; bits += 6)
        {
            int low = (1 << bits) - 1;
            if ((first & ~low) == (last & ~low))
            {
                break;
            }

            if ((first & low) != 0)
            {
                return Spell(first, first | low).Concat(Spell((first | low) + 1, last));
            }

            if ((last & low) != low)
            {
                return Spell(first, (last & ~low) - 1).Concat(Spell(last & ~low, last));
            }
        }

        byte[] a = Encoding.UTF8.GetBytes(char.ConvertFromUtf32(first));
        byte[] b = Encoding.UTF8.GetBytes(char.ConvertFromUtf32(last));
        return [new Node.Concat([.. a.Zip(b, (x, y) => new Node.Bytes(ByteSet.Range(x, y)))])];
    }
}
