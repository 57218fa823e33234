using System.Text;

namespace Redactor.Scanning.Tests.Differential;

/// <summary>Makes a pair of expression and text on which two engines differ smaller while they still differ, and tells about it.</summary>
internal sealed class Shrinker(Differential.Oracle oracle)
{
    internal string Describe(Piece piece, byte[] text)
    {
        for (bool smaller = true; smaller;)
        {
            smaller = false;
            foreach (byte[] shorter in Shorter(text))
            {
                if (Differs(piece, shorter, out _))
                {
                    (text, smaller) = (shorter, true);
                    break;
                }
            }

            foreach (Piece simpler in Simpler(piece))
            {
                if (Differs(simpler, text, out _))
                {
                    (piece, smaller) = (simpler, true);
                    break;
                }
            }
        }

        Differs(piece, text, out Match[]? expected);
        string pattern = Re2Writer.Write(piece);
        string ours = string.Join("; ", Differential.Scanners(pattern).Select(s => $"{s.Engine}: {Places(Differential.Ours(s, text))}"));
        return $"pattern  {pattern}\ntext     {Convert.ToHexString(text)} ({Encoding.UTF8.GetString(text)})\nscanner  {ours}\nexpected {string.Join(' ', expected!)}\nseed     {Differential.Seed}";
    }

    private static string Places(Finding[]? findings) => findings is null ? "over budget" : string.Join(' ', findings.Select(f => $"{f.Start}..{f.End}"));

    private bool Differs(Piece piece, byte[] text, out Match[]? expected)
    {
        string pattern = Re2Writer.Write(piece);
        Match[]? matches = expected = oracle(piece, pattern)?.Invoke(text);
        return matches is not null && Differential.Scanners(pattern).Any(s => Differential.Differs(Differential.Ours(s, text), matches));
    }

    private static IEnumerable<byte[]> Shorter(byte[] text)
    {
        bool valid = System.Text.Unicode.Utf8.IsValid(text);
        for (int length = text.Length / 2; length > 0; length /= 2)
        {
            for (int at = 0; at + length <= text.Length; at++)
            {
                byte[] shorter = [.. text[..at], .. text[(at + length)..]];
                if (!valid || System.Text.Unicode.Utf8.IsValid(shorter))
                {
                    yield return shorter;
                }
            }
        }
    }

    private static IEnumerable<Piece> Simpler(Piece piece)
    {
        foreach (Piece inside in piece.Inside)
        {
            yield return inside;
        }

        for (int i = 0; i < piece.Inside.Length; i++)
        {
            if (piece is Piece.Sequence or Piece.Choice && piece.Inside.Length > 1)
            {
                yield return With(piece, [.. piece.Inside[..i], .. piece.Inside[(i + 1)..]]);
            }

            foreach (Piece simpler in Simpler(piece.Inside[i]))
            {
                yield return With(piece, [.. piece.Inside[..i], simpler, .. piece.Inside[(i + 1)..]]);
            }
        }
    }

    private static Piece With(Piece piece, Piece[] inside) => piece switch
    {
        Piece.Sequence => new Piece.Sequence(inside),
        Piece.Choice => new Piece.Choice(inside),
        Piece.Repeat r => r with { Item = inside[0] },
        Piece.Capture => new Piece.Capture(inside[0]),
        Piece.Flagged f => f with { Item = inside[0] },
        _ => piece,
    };
}
